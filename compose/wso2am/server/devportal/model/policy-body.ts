import type { Policy, PolicyLevel } from '../../publisher/stores/policies.ts';
import { TIME_UNITS } from '../../throttling/siddhi/time-units.ts';

/** A policy as the Portal shows it. */
export const policyBody = (policyLevel: PolicyLevel, policy: Policy): object => ({
  name: policy.name,
  description: policy.description,
  policyLevel,
  attributes: {},
  requestCount: policy.requestCount,
  /** Milliseconds, whatever the unit. */
  unitTime: policy.unitTime * (TIME_UNITS.get(policy.timeUnit) ?? 0),
  tierPlan: policy.tierPlan,
  stopOnQuotaReach: policy.stopOnQuotaReach,
  monetizationAttributes: null,
  throttlingPolicyPermissions: null,
});
