import type { Version } from './versions.ts';

/** Changes after which a gateway must not go by what it has cached. */
export type Invalidation =
  | 'token revoked'
  | 'refresh token revoked'
  | 'token refreshed at a gateway'
  | 'subscription blocked'
  | 'subscription deleted'
  | 'application deleted'
  | 'user deleted'
  | 'resource opened';

/**
 * Whose caches a change reaches at once. `one gateway` is told by a call to it or to the URL of its environment: behind a load
 * balancer the others keep what they have until it is too old.
 */
export type Reach = 'every gateway' | 'one gateway' | 'no gateway';

/**
 * Which change reaches whom in which version (wire.md 4.2 to 4.6). In 3.1.0 the Portal tells of applications and subscriptions by
 * an event, but the documented configuration gives it no Traffic Manager to send it to (configuration.md 6); in 3.2.0 gateways
 * learn of them, and go on by the answer they have cached.
 */
export const INVALIDATION_REACH: Readonly<Record<Invalidation, Readonly<Record<Version, Reach>>>> = {
  'token revoked': { '3.0.0': 'every gateway', '3.1.0': 'every gateway', '3.2.0': 'every gateway' },
  'refresh token revoked': { '3.0.0': 'no gateway', '3.1.0': 'no gateway', '3.2.0': 'no gateway' },
  'token refreshed at a gateway': { '3.0.0': 'one gateway', '3.1.0': 'one gateway', '3.2.0': 'one gateway' },
  'subscription blocked': { '3.0.0': 'no gateway', '3.1.0': 'no gateway', '3.2.0': 'no gateway' },
  'subscription deleted': { '3.0.0': 'one gateway', '3.1.0': 'no gateway', '3.2.0': 'no gateway' },
  'application deleted': { '3.0.0': 'one gateway', '3.1.0': 'no gateway', '3.2.0': 'no gateway' },
  'user deleted': { '3.0.0': 'one gateway', '3.1.0': 'every gateway', '3.2.0': 'every gateway' },
  'resource opened': { '3.0.0': 'one gateway', '3.1.0': 'every gateway', '3.2.0': 'every gateway' },
};

/** Seconds that a gateway's caches keep an entry by default: how long a hole stays open at most (wire.md 4.1). */
export const CACHE_LIFE = 900;
