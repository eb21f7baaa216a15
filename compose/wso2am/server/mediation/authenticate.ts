import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import { EMPTY_INFO, type ValidationInfo } from '../key-validation/validation-info.ts';
import { isJwt } from '../keymanager/issuers/sign-jwt.ts';
import { type Authenticated, type Authentication, refused } from './authentication.ts';
import { credentialsOf } from './credentials.ts';
import { findResourceInfo } from './find-resource-info.ts';
import type { GatewayCall } from './gateway-call.ts';
import { validateJwt } from './jwt-token.ts';
import { validateOpaqueToken } from './opaque-token.ts';
import { authTypeOf, type DefinedResource } from './open-api-definition.ts';
import { accessFailure, described, MISSING_CREDENTIALS } from './security-fault.ts';

/**
 * Who calls, and whether they may (wire.md 3.1, 3.2).
 * @throws KeyManagerError
 */
export const authenticate = async (authentication: Authentication, call: GatewayCall): Promise<Authenticated> => {
  const credentials = credentialsOf(call, authentication.headerName);
  if (credentials.kind === 'not-simulated') return credentials;
  const token = credentials.kind === 'bearer' ? credentials.token : undefined;
  if (token !== undefined && isJwt(token)) return byJwt(authentication, call, token);

  const resource = {
    context: call.api.context,
    version: call.api.version ?? '',
    template: call.resource.template,
    verb: call.verb,
  };
  const info = await findResourceInfo(authentication, resource, call.activityId);
  if (!info) return refused(accessFailure(resource, 900906));
  const level = authTypeOf(info.authType);
  if (level === 'None') return { kind: 'admitted', caller: anonymous(call.clientIp), resourceInfo: info };
  if (token === undefined) return refused(MISSING_CREDENTIALS);

  const { defaultVersion, activityId } = call;
  const caller = await validateOpaqueToken(authentication, { ...resource, token, level, defaultVersion, activityId });
  return caller.authorized
    ? { kind: 'admitted', caller, resourceInfo: info }
    : refused(accessFailure(resource, caller.validationStatus));
};

/** Everything about a JWT and its resource stands in the token and in the API's definition. */
const byJwt = (authentication: Authentication, call: GatewayCall, token: string): Authenticated => {
  const { context, version = '', uuid } = call.api;
  const definition = uuid === undefined ? undefined : authentication.definitionOf(uuid);
  if (!definition) return refused(described(900911, 'Internal Server Error'));
  const defined = definition.resource(call.resource.template, call.verb) ?? undefinedResource(call);
  if (defined.info.authType === 'None') return admitted(anonymous(call.clientIp), defined.info);
  const found = validateJwt(authentication, { token, context, version, scopes: defined.scopes });
  return 'code' in found ? refused(found) : admitted(found, defined.info);
};

const admitted = (caller: ValidationInfo, resourceInfo: UriTemplateInfo): Authenticated => ({
  kind: 'admitted',
  caller,
  resourceInfo,
});

/** A definition that lags behind the file: nothing but a token is asked for. */
const undefinedResource = ({ resource, verb }: GatewayCall): DefinedResource => ({
  info: {
    httpVerb: verb,
    authType: 'Any',
    uriTemplate: resource.template,
    throttlingTier: 'Unlimited',
    throttlingConditions: ['_default'],
    applicableLevel: 'apiLevel',
  },
  scopes: [],
});

/** The caller of a resource that asks for none (wire.md 3.7). */
const anonymous = (clientIp: string): ValidationInfo => ({
  ...EMPTY_INFO,
  authorized: true,
  applicationId: clientIp,
  applicationTier: 'Unauthenticated',
  tier: 'Unauthenticated',
  endUserName: 'anonymous',
  type: 'PRODUCTION',
});
