import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { isExpired } from '../key-validation/is-expired.ts';
import { DEFAULT_VERSION_PREFIX } from '../key-validation/plain-version.ts';
import { EMPTY_INFO, VALIDATION_STATUS, type ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from './authentication.ts';
import { type CachedCall, keyCacheKey } from './caches/gateway-caches.ts';
import type { GatewayCall } from './gateway-call.ts';

export type ShownToken = {
  readonly token: string;
  /** Authentication type of the resource. */
  readonly level: string;
};

const INVALID: ValidationInfo = { ...EMPTY_INFO, validationStatus: VALIDATION_STATUS.invalidCredentials };

/** What is known or found out about an opaque token at a resource. @throws KeyManagerError */
export const validateOpaqueToken = (
  authentication: Authentication,
  { defaultVersion, activityId }: Pick<GatewayCall, 'defaultVersion' | 'activityId'>,
  resource: CachedCall,
  { token, level }: ShownToken,
): Promise<ValidationInfo> | ValidationInfo => {
  const { context, template, verb } = resource;
  // What is found by the URL of the default version is kept for that URL alone.
  const version = defaultVersion ? DEFAULT_VERSION_PREFIX + resource.version : resource.version;
  return throughCaches(authentication, token, keyCacheKey(token, { context, version, template, verb }, level), () =>
    authentication.keyValidator.validateKey(
      {
        context,
        version,
        accessToken: token,
        requiredAuthenticationLevel: level,
        matchingResource: template,
        httpVerb: verb,
      },
      activityId,
    ),
  );
};

/**
 * A finding of the caches, else of whoever is asked, in the order of wire.md 4.1. Every finding but 900901 is kept, refusals as
 * well: a call made before the subscription keeps being refused until the entry is gone.
 * @param key of the token at its resource in `gatewayKeyCache`
 */
export const throughCaches = (
  authentication: Authentication,
  token: string,
  key: string,
  ask: () => Promise<ValidationInfo>,
): Promise<ValidationInfo> | ValidationInfo =>
  knownFinding(authentication, token, key) ?? newFinding(authentication, token, key, ask);

const knownFinding = (
  { caches, clock, clockSkewMs }: Authentication,
  token: string,
  key: string,
): ValidationInfo | undefined => {
  if (caches.tokens.get(token) !== undefined) {
    const known = caches.keys.get(key);
    if (known && !isExpired(known, clock() - clockSkewMs)) return known;
    if (known) {
      caches.tokens.remove(token);
      caches.keys.remove(key);
      caches.invalidTokens.put(token, SUPER_TENANT_DOMAIN);
      return INVALID;
    }
  } else if (caches.invalidTokens.get(token) !== undefined) return INVALID;
  return undefined;
};

const newFinding = async (
  { caches }: Authentication,
  token: string,
  key: string,
  ask: () => Promise<ValidationInfo>,
): Promise<ValidationInfo> => {
  const info = await ask();
  if (info.validationStatus === VALIDATION_STATUS.invalidCredentials)
    caches.invalidTokens.put(token, SUPER_TENANT_DOMAIN);
  else {
    caches.tokens.put(token, SUPER_TENANT_DOMAIN);
    caches.keys.put(key, info);
  }
  return info;
};
