import { configuredCaches } from '../carbon/caches/configured-caches.ts';
import type { Cache } from '../carbon/caches/expiring-cache.ts';
import type { Configuration } from '../config/configuration.ts';
import { isExpired } from './is-expired.ts';
import type { KeyQuestion } from './soap-messages.ts';
import { VALIDATION_STATUS, type ValidationInfo } from './validation-info.ts';

export type KeyCaching = {
  /** `keyCache` (wire.md 4.1), which is off unless `apim.cache.km_token.enable` is true. */
  readonly cache: Cache<ValidationInfo>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a token outlives its validity. */
  readonly clockSkewMs: number;
};

/** @param now milliseconds of a clock that only goes forward */
export const keyCache = (
  configuration: Pick<Configuration, 'optionalFlag' | 'optionalNumber'>,
  now: () => number,
): Cache<ValidationInfo> =>
  configuredCaches(
    configuration,
    now,
  )({
    enabled: configuration.optionalFlag('apim.cache.km_token.enable') ?? false,
    lifetime: 'apim.cache.token_expiry_time',
  });

/**
 * The Key Manager's own cache of findings, good and bad ones (carbon-apimgt, APIKeyValidationService). Nothing takes an entry out
 * but its time: whoever asks for a token that was revoked meanwhile is told what was found before, until the token expires.
 */
export const throughKeyCache = async (
  { cache, clock, clockSkewMs }: KeyCaching,
  question: KeyQuestion,
  validate: () => Promise<ValidationInfo>,
): Promise<ValidationInfo> => {
  const key = keyOf(question);
  const known = cache.get(key);
  if (!known) {
    const found = await validate();
    cache.put(key, found);
    return found;
  }
  if (!isExpired(known, clock() - clockSkewMs)) return known;
  return { ...known, authorized: false, validationStatus: VALIDATION_STATUS.invalidCredentials };
};

const keyOf = ({ accessToken, context, version, matchingResource, httpVerb, ...rest }: KeyQuestion): string =>
  `${accessToken}:${context}/${version}${matchingResource}:${httpVerb}:${rest.requiredAuthenticationLevel}`;
