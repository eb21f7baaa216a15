import { VERSION_FACTS } from '../../../../../lab/product/versions.ts';
import { configuredCaches } from '../../carbon/caches/configured-caches.ts';
import type { Cache } from '../../carbon/caches/expiring-cache.ts';
import type { Configuration } from '../../config/configuration.ts';
import type { UriTemplateInfo } from '../../key-validation/uri-template-info.ts';
import type { ValidationInfo } from '../../key-validation/validation-info.ts';
import type { ApiKeyClaims } from '../api-key.ts';
import type { JwtTokenClaims } from '../jwt-token.ts';

/** The caches of a gateway for tokens and resources (wire.md 4.1); never shared between nodes. */
export type GatewayCaches = {
  /** `GATEWAY_TOKEN_CACHE`: token, or signature of a JWT, to tenant domain. */
  readonly tokens: Cache<string>;
  /** `GATEWAY_INVALID_TOKEN_CACHE`. */
  readonly invalidTokens: Cache<string>;
  /** `gatewayKeyCache`, under `keyCacheKey`. */
  readonly keys: Cache<ValidationInfo>;
  /** `gatewayKeyCache` again, of JWTs before 3.2.0: signature and resource to the payload as it came, and its claims. */
  readonly jwtClaims: Cache<{ readonly payload: string; readonly claims: JwtTokenClaims }>;
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

/**
 * The caches as `deployment.toml` wants them.
 * @param now milliseconds of a clock that only goes forward
 */
export const gatewayCaches = (
  configuration: Pick<Configuration, 'version' | 'optionalNumber' | 'optionalFlag'>,
  now: () => number,
): GatewayCaches => {
  const cacheOf = configuredCaches(configuration, now);
  const tokens = {
    enabled: configuration.optionalFlag('apim.cache.gateway_token.enable') ?? true,
    lifetime: 'apim.cache.token_expiry_time',
  };
  // A gateway that validates in its own process has the resources in memory, and hears when they change (wire.md 2.3).
  const asksForResources = VERSION_FACTS[configuration.version].keyValidation === 'soap';
  const resources = {
    enabled: asksForResources && (configuration.optionalFlag('apim.cache.resource.enable') ?? true),
    lifetime: 'apim.cache.resource.expiry_time',
  };
  return {
    tokens: cacheOf(tokens),
    invalidTokens: cacheOf(tokens),
    keys: cacheOf(tokens),
    jwtClaims: cacheOf(tokens),
    apiResources: cacheOf(resources),
    resources: cacheOf(resources),
    apiKeys: cacheOf(tokens),
    invalidApiKeys: cacheOf(tokens),
    apiKeyClaims: cacheOf(tokens),
    usernames: cacheOf(tokens),
    invalidUsernames: cacheOf(tokens),
    basicAuthResources: cacheOf(tokens),
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
