import { preProcessorPlan } from './plan-text.ts';
import { plansOfPolicy } from './plans-of-policy.ts';
import type { Policy, Quota } from './policy.ts';

const TENANT = 'carbon.super';
const PRE_PROCESSOR = 'requestPreProcessorExecutionPlan';

const perMinute = (requestCount: number): Quota => ({
  type: 'requestCount',
  requestCount,
  unitTime: 1,
  timeUnit: 'min',
});

/** Policies whose plans the product ships (wire.md 5.4); `Unlimited` has no plan. */
export const DEFAULT_POLICIES: readonly Policy[] = [
  ...([10, 20, 50] as const).map(
    (count): Policy => ({ level: 'app', tenant: TENANT, name: `${count}PerMin`, quota: perMinute(count) }),
  ),
  ...Object.entries({ Bronze: 1_000, Silver: 2_000, Gold: 5_000, Unauthenticated: 500 }).map(
    ([name, count]): Policy => ({ level: 'sub', tenant: TENANT, name, quota: perMinute(count) }),
  ),
  ...([10, 20, 50] as const).map(
    (thousands): Policy => ({
      level: 'resource',
      tenant: TENANT,
      name: `${thousands}KPerMin`,
      defaultQuota: perMinute(thousands * 1_000),
      conditionGroups: [],
    }),
  ),
];

/** The product spells this one file so; the plan in it has its proper name (wire.md 5.4). */
const ODD_FILES: Readonly<Record<string, string>> = {
  [`${TENANT}_resource_50KPerMin_default`]: `${TENANT}_resource_50KPerMin_defualt`,
};

/** The plans of a fresh Traffic Manager by the name of their file, without its ending. */
export const defaultPlans = (): ReadonlyMap<string, string> =>
  new Map([
    [PRE_PROCESSOR, preProcessorPlan(PRE_PROCESSOR)],
    ...DEFAULT_POLICIES.flatMap(plansOfPolicy).map(({ name, text }) => [ODD_FILES[name] ?? name, text] as const),
  ]);
