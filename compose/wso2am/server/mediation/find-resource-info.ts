import type { UriTemplateInfo } from '../key-validation/uri-template-info.ts';
import type { Authentication } from './authentication.ts';
import { apiCacheKey, type CachedCall, resourceCacheKey } from './caches/gateway-caches.ts';

/**
 * What the Key Manager says of a resource, kept in the resource cache; undefined for one it does not know.
 * @throws KeyManagerError
 */
export const findResourceInfo = (
  parts: Pick<Authentication, 'keyValidator' | 'caches'>,
  call: CachedCall,
  activityId: string,
): Promise<UriTemplateInfo | undefined> | UriTemplateInfo =>
  parts.caches.resources.get(resourceCacheKey(call)) ?? findAmongAll(parts, call, activityId);

const findAmongAll = async (
  { keyValidator, caches }: Pick<Authentication, 'keyValidator' | 'caches'>,
  call: CachedCall,
  activityId: string,
): Promise<UriTemplateInfo | undefined> => {
  const apiKey = apiCacheKey(call);
  const resources =
    caches.apiResources.get(apiKey) ?? (await keyValidator.uriTemplates(call.context, call.version, activityId));
  caches.apiResources.put(apiKey, resources);
  const info = resources.find(({ uriTemplate, httpVerb }) => uriTemplate === call.template && httpVerb === call.verb);
  if (info) caches.resources.put(resourceCacheKey(call), info);
  return info;
};
