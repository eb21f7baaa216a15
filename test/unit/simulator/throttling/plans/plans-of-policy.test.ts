import { describe, expect, it } from 'vitest';
import { defaultPlans } from '../../../../../compose/wso2am/server/throttling/plans/default-plans.ts';
import { plansOfPolicy } from '../../../../../compose/wso2am/server/throttling/plans/plans-of-policy.ts';
import type { Policy } from '../../../../../compose/wso2am/server/throttling/plans/policy.ts';
import { PolicyError } from '../../../../../compose/wso2am/server/throttling/plans/policy-error.ts';
import { compilePlan } from '../../../../../compose/wso2am/server/throttling/siddhi/compile-plan.ts';
import { requests, subscriptionPolicy } from '../engine-under-test.ts';

const oneHeader = (name: string, pattern: string) =>
  ({
    level: 'resource',
    tenant: 'carbon.super',
    name: 'P',
    defaultQuota: requests(10),
    conditionGroups: [
      { id: 3, conditions: [{ type: 'header', values: { [name]: pattern }, invert: false }], quota: requests(5) },
    ],
  }) as const;

describe('the plans of a policy', () => {
  it('are called as the product calls them, and know their own names', () => {
    const policies: readonly Policy[] = [
      subscriptionPolicy('Gold', requests(1)),
      { level: 'app', tenant: 'carbon.super', name: '10PerMin', quota: requests(1) },
      oneHeader('a', 'b'),
      { level: 'global', name: 'PerUser', siddhiQuery: CUSTOM },
    ];
    const plans = policies.flatMap(plansOfPolicy);

    expect(plans.map(({ name }) => name)).toEqual([
      'carbon.super_sub_Gold',
      'carbon.super_app_10PerMin',
      'carbon.super_resource_P_default',
      'carbon.super_resource_P_condition_3',
      'global_PerUser',
    ]);
    expect(plans.map(({ text }) => compilePlan(text).name)).toEqual(plans.map(({ name }) => name));
  });

  it('are none for Unlimited, which a custom policy may yet be called', () => {
    expect(plansOfPolicy(subscriptionPolicy('Unlimited', requests(1)))).toEqual([]);
    expect(plansOfPolicy({ level: 'global', name: 'Unlimited', siddhiQuery: CUSTOM })).toHaveLength(1);
  });

  it('say that a number beyond 32 bits is a long', () => {
    const [plan] = plansOfPolicy(
      subscriptionPolicy('Big', {
        type: 'bandwidthVolume',
        dataAmount: 4_096,
        dataUnit: 'MB',
        unitTime: 1,
        timeUnit: 'day',
      }),
    );

    expect(plan?.text).toContain('>= 4294967296L');
  });

  it('quote what has quotes of one kind, and refuse what has both', () => {
    const [, condition] = plansOfPolicy(oneHeader("it's", 'b'));

    expect(compilePlan(condition?.text ?? '').kind).toBe('throttle');
    expect(() => plansOfPolicy(oneHeader(`it's "`, 'b'))).toThrow(PolicyError);
  });

  it('are refused for an address that does not fit into a long', () => {
    const policy = {
      ...oneHeader('a', 'b'),
      conditionGroups: [
        { id: 1, conditions: [{ type: 'ip' as const, address: '::1', invert: false }], quota: requests(1) },
      ],
    };

    expect(() => plansOfPolicy(policy)).toThrow(PolicyError);
  });
});

describe('the default plans', () => {
  it("are the product's, with the one odd name of a file", () => {
    expect([...defaultPlans().keys()]).toEqual([
      'requestPreProcessorExecutionPlan',
      'carbon.super_app_10PerMin',
      'carbon.super_app_20PerMin',
      'carbon.super_app_50PerMin',
      'carbon.super_sub_Bronze',
      'carbon.super_sub_Silver',
      'carbon.super_sub_Gold',
      'carbon.super_sub_Unauthenticated',
      'carbon.super_resource_10KPerMin_default',
      'carbon.super_resource_20KPerMin_default',
      'carbon.super_resource_50KPerMin_defualt',
    ]);
  });

  it.each([
    ['carbon.super_app_10PerMin', 10],
    ['carbon.super_sub_Silver', 2_000],
    ['carbon.super_sub_Unauthenticated', 500],
    ['carbon.super_resource_50KPerMin_defualt', 50_000],
  ])('limit a minute: %s to %i', (file, limit) => {
    const plan = compilePlan(defaultPlans().get(file) ?? '');
    if (plan.kind !== 'throttle') throw new Error('no plan that throttles');

    expect(plan.window).toEqual({ length: 60_000, start: 0 });
    expect([limit - 1, limit].map((total) => plan.isThrottled({}, { total, expiry: 0 }))).toEqual([false, true]);
  });
});

const CUSTOM = `FROM RequestStream SELECT userId, (userId == 'a') AS isEligible, userId as throttleKey
INSERT INTO EligibilityStream;
FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 min)
SELECT throttleKey, (count(userId) >= 5) as isThrottled, expiryTimeStamp group by throttleKey
INSERT ALL EVENTS into ResultStream;`;
