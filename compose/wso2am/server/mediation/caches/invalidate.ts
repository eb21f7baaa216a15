import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { apiCacheKey, type GatewayCaches, resourceCacheKey } from './gateway-caches.ts';

/**
 * A token was revoked, or is one of those that a change took the ground from (wire.md 4.3, 4.5): only one that is in the token
 * cache becomes an invalid one; of any other nothing is kept, and the next call goes to the Key Manager.
 * @param token of a JWT its signature
 */
export const revokeCachedToken = (caches: GatewayCaches, token: string): void => {
  if (caches.tokens.remove(token)) caches.invalidTokens.put(token, SUPER_TENANT_DOMAIN);
};

/** An API key was revoked. @param signature of the key */
export const revokeCachedApiKey = (caches: GatewayCaches, signature: string): void => {
  if (caches.apiKeys.remove(signature)) caches.invalidApiKeys.put(signature, SUPER_TENANT_DOMAIN);
};

/** A user, or a user's password or roles, changed (wire.md 4.4, 4.5). @param user `admin@carbon.super` */
export const forgetUser = (caches: GatewayCaches, user: string): void => {
  caches.usernames.remove(user);
};

/** A token was replaced by another one (wire.md 4.6). */
export const forgetToken = (caches: GatewayCaches, token: string): void => {
  caches.tokens.remove(token);
};

/** A context that starts like this is no API's: a policy changed, which any resource may have (carbon-apimgt 6.5.349). */
export const POLICY_CONTEXT = 'POLICY:';

/** Resources of an API changed, or a policy of resources (wire.md 4.5). */
export const forgetResources = (
  caches: GatewayCaches,
  api: { readonly context: string; readonly version: string },
  resources: readonly { readonly template: string; readonly verb: string }[],
): void => {
  if (api.context.includes(POLICY_CONTEXT)) {
    caches.apiResources.removeWhere(() => true);
    caches.resources.removeWhere(() => true);
    return;
  }
  caches.apiResources.remove(apiCacheKey(api));
  for (const resource of resources) caches.resources.remove(resourceCacheKey({ ...api, ...resource }));
};
