import type { AccessCounters } from './access-counters.ts';
import type { BlockingConditions } from './blocking-conditions.ts';
import type { Decisions } from './decisions.ts';
import type { KeyTemplates } from './key-templates.ts';
import { apiKey, applicationKey, resourceKey, resourceTier, subscriptionKey } from './throttle-keys.ts';
import { isUnlimited, type ThrottledRequest } from './throttled-request.ts';
import type { ThrottlingReason } from './throttling-faults.ts';

/** All that a gateway knows when it checks a request. */
export type ThrottlingHolders = {
  readonly decisions: Decisions;
  readonly blockingConditions: BlockingConditions;
  readonly keyTemplates: KeyTemplates;
  readonly spikeArrest: AccessCounters;
  readonly hardLimits: AccessCounters;
};

export type ThrottlingVerdict =
  /** `publish`: an event is due for each resource. Not so for a request that passes beyond its quota (wire.md 5.3). */
  | { readonly allowed: true; readonly publish: boolean }
  /** `until`: when the quota is new, epoch milliseconds; absent when that is not known. */
  | { readonly allowed: false; readonly reason: ThrottlingReason; readonly until?: number };

type Check = (request: ThrottledRequest, holders: ThrottlingHolders, now: number) => ThrottlingVerdict | undefined;

/** Milliseconds that a spike arrest counts within. */
const SPIKE_UNITS = { sec: 1_000, min: 60_000 } as const;

/**
 * Whether a gateway lets a request through (wire.md 5.3). The first check that objects wins; what is refused is not counted
 * anywhere. Without decisions everything passes: throttling fails open.
 * @param now epoch milliseconds
 */
export const checkThrottling = (
  request: ThrottledRequest,
  holders: ThrottlingHolders,
  now: number,
): ThrottlingVerdict => {
  for (const check of CHECKS) {
    const verdict = check(request, holders, now);
    if (verdict) return verdict;
  }
  return { allowed: true, publish: true };
};

const refuse = (reason: ThrottlingReason, until?: number): ThrottlingVerdict => ({
  allowed: false,
  reason,
  ...(until !== undefined && { until }),
});

const blocking: Check = (request, { blockingConditions }) =>
  blockingConditions.blocks(request) ? refuse('blocked') : undefined;

const resources: Check = (request, { decisions }, now) => {
  for (const resource of request.resources) {
    if (isUnlimited(resourceTier(request, resource))) continue;
    const until = decisions.resourceThrottledUntil(resourceKey(request, resource), request, now);
    if (until !== undefined) return refuse(isUnlimited(request.apiTier) ? 'resource' : 'api', until);
  }
  return undefined;
};

/** A policy may let requests pass beyond its quota and its spikes; they are neither counted nor checked any further. */
const subscription: Check = (request, { decisions, spikeArrest }, now) => {
  const { stopOnQuotaReach, spikeArrest: spike } = request.subscription;
  const key = subscriptionKey(request);
  const until = decisions.throttledUntil(key, now);
  const allowed = until === undefined && (!spike || spikeArrest.allows(key, spike.limit, SPIKE_UNITS[spike.unit], now));
  if (allowed) return undefined;
  if (!stopOnQuotaReach) return { allowed: true, publish: false };
  return until === undefined ? refuse('burst') : refuse('subscription', until);
};

const application: Check = (request, { decisions }, now) => {
  const until = decisions.throttledUntil(applicationKey(request), now);
  return until === undefined ? undefined : refuse('application', until);
};

const custom: Check = (request, { decisions, keyTemplates }, now) => {
  for (const resource of request.resources) {
    for (const key of keyTemplates.keysOf(request, resource)) {
      const until = decisions.throttledUntil(key, now);
      if (until !== undefined) return refuse('custom', until);
    }
  }
  return undefined;
};

const hardLimit: Check = (request, { hardLimits }, now) => {
  const limit = request.hardLimit;
  const key = `${apiKey(request)}:${request.keyType}`;
  return !limit || hardLimits.allows(key, limit.limit, limit.unitTime, now) ? undefined : refuse('hardLimit');
};

const CHECKS: readonly Check[] = [blocking, resources, subscription, application, custom, hardLimit];
