import type { Change, PolicyChange } from '../../carbon/events.ts';
import type { QuotaPolicy } from './quota-policy.ts';
import type { QuotaLevel } from './quota-policy-store.ts';

/** What other nodes hear of a change to an application or a subscription policy. */
export const policyChange = (
  change: Change,
  level: QuotaLevel,
  { rowId, name, quota, subscription }: QuotaPolicy,
): PolicyChange => ({
  change,
  level,
  rowId,
  name,
  quotaType: quota.type,
  ...(level === 'subscription' ? { subscription: burstLimit(subscription) } : {}),
});

const burstLimit = ({ rateLimitCount, rateLimitTimeUnit, stopOnQuotaReach }: QuotaPolicy['subscription']) => ({
  rateLimitCount,
  stopOnQuotaReach,
  ...(rateLimitTimeUnit === undefined ? {} : { rateLimitTimeUnit }),
});
