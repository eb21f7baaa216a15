import { basicCredentials } from '../carbon/basic-credentials.ts';
import { anonymous } from './anonymous.ts';
import { type Authenticated, type Authentication, refused } from './authentication.ts';
import { authorizationOf, levelPolicyOf } from './credentials.ts';
import type { GatewayCall } from './gateway-call.ts';
import { definedResource } from './open-api-definition.ts';
import { validatePassword } from './password.ts';
import { INVALID_CREDENTIALS, MISSING_CREDENTIALS, MISSING_DEFINITION } from './security-fault.ts';

/**
 * Scheme `basic_auth`: who calls by the password of a user. No subscription is asked for.
 * @throws KeyManagerError
 */
export const authenticateByPassword = async (
  authentication: Authentication,
  call: GatewayCall,
): Promise<Authenticated> => {
  const defined = definedResource(authentication, call);
  if (defined?.info.authType === 'None')
    return { kind: 'admitted', caller: anonymous(call.clientIp), resourceInfo: defined.info };
  const shown = authorizationOf(call, authentication.headerName);
  if (!/^basic\b/i.test(shown)) return refused(MISSING_CREDENTIALS);
  if (!defined) return refused(MISSING_DEFINITION);
  const credentials = basicCredentials(shown);
  if (!credentials) return refused(INVALID_CREDENTIALS);

  const { api, resource, verb, activityId } = call;
  const at = { context: api.context, version: api.version ?? '', template: resource.template, verb };
  const found = await validatePassword(authentication, { ...at, ...credentials, roles: defined.roles, activityId });
  return 'code' in found
    ? refused(found)
    : { kind: 'admitted', caller: { ...found, apiTier: levelPolicyOf(api) }, resourceInfo: defined.info };
};
