import { VERSION_FACTS } from '../../../../../lab/product/versions.ts';
import type { Configuration } from '../../config/configuration.ts';
import type { UriTemplateInfo } from '../../key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../../key-validation/validation-info.ts';
import type { ApiKeyClaims } from '../api-key.ts';
import { type Cache, createCache, noCache } from './expiring-cache.ts';

/** The caches of a gateway for tokens and resources (wire.md 4.1); never shared between nodes. */
export type GatewayCaches = {
  /** `GATEWAY_TOKEN_CACHE`: token, or signature of a JWT, to tenant domain. */
  readonly tokens: Cache<string>;
  /** `GATEWAY_INVALID_TOKEN_CACHE`. */
  readonly invalidTokens: Cache<string>;
  /** `gatewayKeyCache`, under `keyCacheKey`. */
  readonly keys: Cache<ValidationInfo>;
  /** `resourceCache`: the resources of an API under `<context>/<version>`, one under `resourceCacheKey`. */
  readonly apiResources: Cache<readonly UriTemplateInfo[]>;
  readonly resources: Cache<UriTemplateInfo>;
  /** `gatewayApiKeyCache` and `gatewayInvalidApiKeyCache`: signature of an API key to tenant domain. */
  readonly apiKeys: Cache<string>;
  readonly invalidApiKeys: Cache<string>;
  /** `gatewayApiKeyKeyCache`: signature and resource to the claims of the key. */
  readonly apiKeyClaims: Cache<{ readonly key: string; readonly claims: ApiKeyClaims }>;
  /** `gatewayUsernameCache` and `gatewayInvalidUsernameCache`: `admin@carbon.super` to the hash of the password that was shown. */
  readonly usernames: Cache<string>;
  readonly invalidUsernames: Cache<string>;
  /** `gatewayBasicAuthResourceCache`: a resource and a user who has a role for it. */
  readonly basicAuthResources: Cache<true>;
};

/** Entries of each cache (wire.md 4.1). */
const CAPACITY = 10_000;

/** Minutes to milliseconds, for `server.default_cache_timeout`; the keys of single caches count seconds. */
const MINUTE = 60_000;
const SECOND = 1_000;

/**
 * The caches as `deployment.toml` wants them.
 * @param now milliseconds of a clock that only goes forward
 */
export const gatewayCaches = (
  configuration: Pick<Configuration, 'version' | 'optionalNumber' | 'optionalFlag'>,
  now: () => number,
): GatewayCaches => {
  const usual = (configuration.optionalNumber('server.default_cache_timeout') ?? 15) * MINUTE;
  const lifetime = (key: string): number => {
    const seconds = configuration.optionalNumber(key);
    return seconds === undefined ? usual : seconds * SECOND;
  };
  const cacheOf = <T>(enabled: boolean, timeToLive: number): Cache<T> =>
    enabled ? createCache({ timeToLive, capacity: CAPACITY, now }) : noCache();

  const ofTokens = configuration.optionalFlag('apim.cache.gateway_token.enable') ?? true;
  // A gateway that validates in its own process has the resources in memory, and hears when they change (wire.md 2.3).
  const asksForResources = VERSION_FACTS[configuration.version].keyValidation === 'soap';
  const ofResources = asksForResources && (configuration.optionalFlag('apim.cache.resource.enable') ?? true);
  const tokenLifetime = lifetime('apim.cache.token_expiry_time');
  const resourceLifetime = lifetime('apim.cache.resource.expiry_time');
  return {
    tokens: cacheOf(ofTokens, tokenLifetime),
    invalidTokens: cacheOf(ofTokens, tokenLifetime),
    keys: cacheOf(ofTokens, tokenLifetime),
    apiResources: cacheOf(ofResources, resourceLifetime),
    resources: cacheOf(ofResources, resourceLifetime),
    apiKeys: cacheOf(ofTokens, tokenLifetime),
    invalidApiKeys: cacheOf(ofTokens, tokenLifetime),
    apiKeyClaims: cacheOf(ofTokens, tokenLifetime),
    usernames: cacheOf(ofTokens, tokenLifetime),
    invalidUsernames: cacheOf(ofTokens, tokenLifetime),
    basicAuthResources: cacheOf(ofTokens, tokenLifetime),
  };
};

/** A call as the caches tell calls apart. */
export type CachedCall = {
  readonly context: string;
  readonly version: string;
  /** The resource's uri-template. */
  readonly template: string;
  readonly verb: string;
};

export const apiCacheKey = ({ context, version }: Pick<CachedCall, 'context' | 'version'>): string =>
  `${context}/${version}`;

export const resourceCacheKey = (call: CachedCall): string => `${apiCacheKey(call)}${call.template}:${call.verb}`;

export const keyCacheKey = (token: string, call: CachedCall, level: string): string =>
  `${token}:${resourceCacheKey(call)}:${level}`;
