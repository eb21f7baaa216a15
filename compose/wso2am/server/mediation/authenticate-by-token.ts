import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import { isJwt } from '../keymanager/issuers/sign-jwt.ts';
import { anonymous } from './anonymous.ts';
import { type Authenticated, type Authentication, refused } from './authentication.ts';
import type { CachedCall } from './caches/gateway-caches.ts';
import { bearerOf, levelPolicyOf } from './credentials.ts';
import { findResourceInfo } from './find-resource-info.ts';
import type { GatewayCall } from './gateway-call.ts';
import { validateJwtInMemory } from './jwt-in-memory.ts';
import { validateJwt } from './jwt-token.ts';
import { validateOpaqueToken } from './opaque-token.ts';
import { authTypeOf, definedResource } from './open-api-definition.ts';
import { accessFailure, MISSING_CREDENTIALS, MISSING_DEFINITION } from './security-fault.ts';

/**
 * Scheme `oauth2`: who calls by an access token, of either kind. Where the caches know all about a call, the answer is there at once.
 * @throws KeyManagerError
 */
export const authenticateByToken = (
  authentication: Authentication,
  call: GatewayCall,
): Promise<Authenticated> | Authenticated => {
  const token = bearerOf(call, authentication.headerName);
  const { inMemory } = authentication;
  if (token !== undefined && isJwt(token) && !inMemory) return byJwt(authentication, call, token);

  const resource = {
    context: call.api.context,
    version: call.api.version ?? '',
    template: call.resource.template,
    verb: call.verb,
  };
  const info = findResourceInfo(authentication, resource, call.activityId);
  return info instanceof Promise
    ? info.then((found) => atResource(authentication, call, { resource, info: found, token }))
    : atResource(authentication, call, { resource, info, token });
};

type Shown = {
  readonly resource: CachedCall;
  readonly info: UriTemplateInfo | undefined;
  readonly token: string | undefined;
};

const atResource = (
  authentication: Authentication,
  call: GatewayCall,
  { resource, info, token }: Shown,
): Promise<Authenticated> | Authenticated => {
  const { inMemory } = authentication;
  if (!info) return refused(accessFailure(resource, 900906));
  const level = authTypeOf(info.authType);
  if (level === 'None') return admitted(anonymous(call.clientIp), info);
  if (token === undefined) return refused(MISSING_CREDENTIALS);

  if (inMemory && isJwt(token)) {
    return validateJwtInMemory(authentication, inMemory, { ...resource, token }).then((found) =>
      'code' in found ? refused(found) : admitted(found, info),
    );
  }
  const judge = (caller: ValidationInfo): Authenticated =>
    caller.authorized ? admitted(caller, info) : refused(accessFailure(resource, caller.validationStatus));
  const caller = validateOpaqueToken(authentication, call, resource, { token, level });
  return caller instanceof Promise ? caller.then(judge) : judge(caller);
};

/** 3.0.0 and 3.1.0: everything about a JWT and its resource stands in the token and in the API's definition. */
const byJwt = (authentication: Authentication, call: GatewayCall, token: string): Authenticated => {
  const { context, version = '' } = call.api;
  const defined = definedResource(authentication, call);
  if (!defined) return refused(MISSING_DEFINITION);
  if (defined.info.authType === 'None') return admitted(anonymous(call.clientIp), defined.info);
  const resource = { context, version, template: call.resource.template, verb: call.verb };
  const found = validateJwt(authentication, { ...resource, token, scopes: defined.scopes });
  return 'code' in found ? refused(found) : admitted({ ...found, apiTier: levelPolicyOf(call.api) }, defined.info);
};

const admitted = (caller: ValidationInfo, resourceInfo: UriTemplateInfo): Authenticated => ({
  kind: 'admitted',
  caller,
  resourceInfo,
});
