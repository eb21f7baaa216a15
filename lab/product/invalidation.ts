import type { Version } from './versions.ts';

/** Changes after which a gateway must not go by what it has cached. */
export type Invalidation =
  | 'token revoked'
  | 'API key revoked'
  | 'refresh token revoked'
  | 'token refreshed at a gateway'
  | 'token refreshed at the Key Manager'
  | 'secret replaced'
  | 'subscription blocked'
  | 'subscription deleted'
  | 'application deleted'
  | 'user deleted'
  | 'roles changed'
  | 'password changed'
  | 'resource opened';

/** How gateways are told of a change (wire.md 4.2). */
export type InvalidationWay =
  | 'topic tokenRevocation'
  | 'topic cacheInvalidation'
  | 'APIAuthenticationService'
  | 'header DeactivatedAccessToken';

/**
 * Whose caches a change reaches at once. `one gateway` is told by a call to it or to the URL of its environment: behind a load
 * balancer the others keep what they have until it is too old.
 */
export type Reach = 'every gateway' | 'one gateway' | 'no gateway';

type Ways = Readonly<Record<Version, InvalidationWay | undefined>>;

const NONE: Ways = { '3.0.0': undefined, '3.1.0': undefined, '3.2.0': undefined };

const always = (way: InvalidationWay): Ways => ({ '3.0.0': way, '3.1.0': way, '3.2.0': way });

/** By calls to each gateway environment in 3.0.0, later by an event that reaches every gateway. */
const CALLED_THEN_TOLD: Ways = {
  '3.0.0': 'APIAuthenticationService',
  '3.1.0': 'topic cacheInvalidation',
  '3.2.0': 'topic cacheInvalidation',
};

/**
 * The Portal of 3.1.0 tells of applications and subscriptions by an event, and of API keys by another, but the documented
 * configuration gives it no Traffic Manager to send them to (configuration.md 6). In 3.2.0 gateways learn of applications and
 * subscriptions, and go on by the answer they have cached.
 */
const CALLED_BY_PORTAL: Ways = { ...NONE, '3.0.0': 'APIAuthenticationService' };

/** Which change is told in which way, in which version (wire.md 4.2 to 4.6); undefined: no gateway is told. */
export const INVALIDATION_WAY: Readonly<Record<Invalidation, Ways>> = {
  'token revoked': always('topic tokenRevocation'),
  'API key revoked': { ...NONE, '3.2.0': 'topic tokenRevocation' },
  'refresh token revoked': NONE,
  'token refreshed at a gateway': always('header DeactivatedAccessToken'),
  'token refreshed at the Key Manager': NONE,
  'secret replaced': NONE,
  'subscription blocked': NONE,
  'subscription deleted': CALLED_BY_PORTAL,
  'application deleted': CALLED_BY_PORTAL,
  'user deleted': CALLED_THEN_TOLD,
  'roles changed': CALLED_THEN_TOLD,
  'password changed': CALLED_THEN_TOLD,
  'resource opened': CALLED_THEN_TOLD,
};

const REACH: Readonly<Record<InvalidationWay, Reach>> = {
  'topic tokenRevocation': 'every gateway',
  'topic cacheInvalidation': 'every gateway',
  APIAuthenticationService: 'one gateway',
  'header DeactivatedAccessToken': 'one gateway',
};

export const reachOf = (invalidation: Invalidation, version: Version): Reach => {
  const way = INVALIDATION_WAY[invalidation][version];
  return way === undefined ? 'no gateway' : REACH[way];
};

/** Seconds that a gateway's caches keep an entry by default: how long a hole stays open at most (wire.md 4.1). */
export const CACHE_LIFE = 900;
