import { validateApiKey } from './api-key.ts';
import { type Authenticated, type Authentication, refused } from './authentication.ts';
import { apiKeyOf, levelPolicyOf } from './credentials.ts';
import type { GatewayCall } from './gateway-call.ts';
import { definedResource } from './open-api-definition.ts';
import { MISSING_CREDENTIALS, MISSING_DEFINITION } from './security-fault.ts';

/** Scheme `api_key`: the key opens the whole API, whatever a resource asks for; only the policy of the resource counts. */
export const authenticateByApiKey = (authentication: Authentication, call: GatewayCall): Authenticated => {
  const key = apiKeyOf(call);
  if (key === undefined) return refused(MISSING_CREDENTIALS);
  const defined = definedResource(authentication, call);
  if (!defined) return refused(MISSING_DEFINITION);

  const { context, version = '' } = call.api;
  const found = validateApiKey(authentication, {
    key,
    context,
    version,
    template: call.resource.template,
    verb: call.verb,
    clientIp: call.clientIp,
    referer: call.headers.referer,
  });
  return 'code' in found
    ? refused(found)
    : { kind: 'admitted', caller: { ...found, apiTier: levelPolicyOf(call.api) }, resourceInfo: defined.info };
};
