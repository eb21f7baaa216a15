import { describe, expect, it } from 'vitest';
import { checkThrottling } from '../../../../../compose/wso2am/server/throttling/gateway/check-throttling.ts';
import {
  nextAccessTime,
  retryAfter,
  THROTTLING_FAULTS,
} from '../../../../../compose/wso2am/server/throttling/gateway/throttling-faults.ts';
import { freshHolders, sampleRequest } from './sample-request.ts';

const NOW = 1_600_000_000_000;
const UNTIL = 1_600_000_020_000;

const APPLICATION = '7:admin@carbon.super';
const SUBSCRIPTION = '7:/pizzashack/1.0.0:1.0.0';
const RESOURCE = '/pizzashack/1.0.0/1.0.0/menu:GET_default';
const API = '/pizzashack/1.0.0:1.0.0_default';
const CUSTOM = 'admin@carbon.super:/pizzashack/1.0.0';

/** Holders that have been told that these keys are throttled. */
const throttling = (...keys: readonly string[]) => {
  const holders = freshHolders();
  for (const throttleKey of keys) {
    holders.decisions.apply({ throttleKey, isThrottled: true, expiryTimeStamp: UNTIL });
  }
  holders.keyTemplates.load(['$userId:$apiContext']);
  return holders;
};

const passed = { allowed: true, publish: true };

describe('the check of a request', () => {
  it('lets everything through as long as no Traffic Manager says otherwise', () => {
    expect(checkThrottling(sampleRequest(), freshHolders(), NOW)).toEqual(passed);
  });

  it.each([
    ['resource', [RESOURCE], {}, 900802],
    ['api', [API], { apiTier: '50KPerMin' }, 900800],
    ['subscription', [SUBSCRIPTION], {}, 900804],
    ['application', [APPLICATION], {}, 900803],
    ['custom', [CUSTOM], {}, 900806],
  ] as const)('refuses at the level %s, with the time when it is over', (reason, keys, parts, code) => {
    const verdict = checkThrottling(sampleRequest(parts), throttling(...keys), NOW);

    expect(verdict).toEqual({ allowed: false, reason, until: UNTIL });
    expect(THROTTLING_FAULTS[reason]).toMatchObject({ code, status: 429 });
  });

  it('asks in the order of the product: the first level that objects names the fault', () => {
    const keys = [RESOURCE, SUBSCRIPTION, APPLICATION, CUSTOM];
    const reasons = keys.map((_key, index) => {
      const verdict = checkThrottling(sampleRequest(), throttling(...keys.slice(index)), NOW);
      return verdict.allowed ? 'allowed' : verdict.reason;
    });
    expect(reasons).toEqual(['resource', 'subscription', 'application', 'custom']);

    const holders = throttling(...keys);
    holders.blockingConditions.load({ user: ['admin@carbon.super'] });
    expect(checkThrottling(sampleRequest(), holders, NOW)).toEqual({ allowed: false, reason: 'blocked' });
  });

  it('takes no notice of the resource when the whole API has a policy, nor of policies that are unlimited', () => {
    expect(checkThrottling(sampleRequest({ apiTier: '50KPerMin' }), throttling(RESOURCE), NOW)).toEqual(passed);
    expect(checkThrottling(sampleRequest({ apiTier: 'Unlimited' }), throttling(API), NOW)).toEqual(passed);

    const resources = [{ uriTemplate: '/menu', verb: 'GET', tier: 'Unlimited' }];
    expect(checkThrottling(sampleRequest({ resources }), throttling(RESOURCE), NOW)).toEqual(passed);
  });

  it('lets a request pass as soon as the time is over, without word from the Traffic Manager', () => {
    const holders = throttling(SUBSCRIPTION, RESOURCE, APPLICATION, CUSTOM);

    expect(checkThrottling(sampleRequest(), holders, UNTIL)).toMatchObject({ allowed: false });
    expect(checkThrottling(sampleRequest(), holders, UNTIL + 1)).toEqual(passed);
  });

  it('forgets a key that it finds to be over', () => {
    const holders = throttling(SUBSCRIPTION);
    checkThrottling(sampleRequest(), holders, UNTIL + 1);

    expect(holders.decisions.size).toBe(0);
  });

  it('lets a subscription pass beyond its quota where the policy says so, but counts it no more', () => {
    const subscription = { tier: 'Bronze', stopOnQuotaReach: false };

    expect(checkThrottling(sampleRequest({ subscription }), throttling(SUBSCRIPTION, APPLICATION), NOW)).toEqual({
      allowed: true,
      publish: false,
    });
  });

  it('arrests a spike within a second, for the subscription alone, and knows no time when it is over', () => {
    const holders = freshHolders();
    const subscription = { tier: 'Gold', stopOnQuotaReach: true, spikeArrest: { limit: 2, unit: 'sec' } } as const;
    const call = (now: number, id = '7') =>
      checkThrottling(
        sampleRequest({ subscription, application: { ...sampleRequest().application, id } }),
        holders,
        now,
      );

    expect([call(NOW), call(NOW + 900), call(NOW + 999)]).toEqual([
      passed,
      passed,
      { allowed: false, reason: 'burst' },
    ]);
    expect(call(NOW + 999, '8')).toEqual(passed);
    expect(call(NOW + 1_000)).toEqual(passed);
  });

  it('stops at the hard limit of the back end, per type of key, after all else', () => {
    const holders = freshHolders();
    const hardLimit = { limit: 1, unitTime: 60_000 };
    const call = (keyType: 'PRODUCTION' | 'SANDBOX') =>
      checkThrottling(sampleRequest({ hardLimit, keyType }), holders, NOW);

    expect([call('PRODUCTION'), call('SANDBOX'), call('PRODUCTION')]).toEqual([
      passed,
      passed,
      { allowed: false, reason: 'hardLimit' },
    ]);
    expect(THROTTLING_FAULTS.hardLimit).toMatchObject({ code: 900801, status: 503 });
  });

  it('looks up subscriptions to an API product by the product', () => {
    const product = { name: 'Pizza', provider: 'admin' };
    const subscription = { tier: 'Bronze', stopOnQuotaReach: true, product };

    expect(checkThrottling(sampleRequest({ subscription }), throttling('7:Pizza:admin'), NOW)).toMatchObject({
      reason: 'subscription',
    });
  });
});

describe('the time of the next access', () => {
  it('has the form of the product', () => {
    expect(nextAccessTime(UNTIL)).toBe('2020-Sep-13 12:27:00+0000 UTC');
  });

  it('is an HTTP date in Retry-After', () => {
    expect(retryAfter(UNTIL)).toBe('Sun, 13 Sep 2020 12:27:00 GMT');
  });
});
