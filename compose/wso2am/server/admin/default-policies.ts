import { DEFAULT_POLICIES as WITH_PLANS } from '../throttling/plans/default-plans.ts';

/** Levels of the policies a fresh installation has, and how execution plans call them. */
const PLAN_LEVELS = { application: 'app', subscription: 'sub', advanced: 'resource' } as const;

export type DefaultPolicy = { readonly name: string; readonly requestCount: number; readonly description: string };

/** "No limit": has no execution plan, and stands for it in the tables with the greatest number there. */
const UNLIMITED: DefaultPolicy = {
  name: 'Unlimited',
  requestCount: 2_147_483_647,
  description: 'Allows unlimited requests',
};

/** Policies of a fresh installation, all with a time of one minute (wire.md 5.4). */
export const defaultPolicies = (level: keyof typeof PLAN_LEVELS): readonly DefaultPolicy[] => [
  ...WITH_PLANS.flatMap((policy) => {
    if (policy.level === 'global' || policy.level !== PLAN_LEVELS[level]) return [];
    const quota = policy.level === 'resource' ? policy.defaultQuota : policy.quota;
    if (quota.type !== 'requestCount') return [];
    const { requestCount } = quota;
    return [{ name: policy.name, requestCount, description: `Allows ${requestCount} requests per minute` }];
  }),
  UNLIMITED,
];
