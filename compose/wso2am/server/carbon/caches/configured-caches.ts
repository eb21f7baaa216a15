import type { Configuration } from '../../config/configuration.ts';
import { type Cache, createCache, noCache } from './expiring-cache.ts';

/** Entries of each cache (wire.md 4.1). */
const CAPACITY = 10_000;

/** Minutes to milliseconds, for `server.default_cache_timeout`; the keys of single caches count seconds. */
const MINUTE = 60_000;
const SECOND = 1_000;

export type CacheKeys = {
  readonly enabled: boolean;
  /** Key of `deployment.toml` with its lifetime; without it the server's usual one counts. */
  readonly lifetime: string;
};

/**
 * Makes caches of this node as `deployment.toml` wants them (wire.md 4.1).
 * @param now milliseconds of a clock that only goes forward
 */
export const configuredCaches = (
  configuration: Pick<Configuration, 'optionalNumber'>,
  now: () => number,
): (<T>(keys: CacheKeys) => Cache<T>) => {
  const usual = (configuration.optionalNumber('server.default_cache_timeout') ?? 15) * MINUTE;
  return ({ enabled, lifetime }) => {
    if (!enabled) return noCache();
    const seconds = configuration.optionalNumber(lifetime);
    return createCache({ timeToLive: seconds === undefined ? usual : seconds * SECOND, capacity: CAPACITY, now });
  };
};
