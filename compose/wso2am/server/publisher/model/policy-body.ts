import { TIME_UNITS } from '../../throttling/siddhi/time-units.ts';
import type { Policy, PolicyLevel } from '../stores/policies.ts';

/** A policy as the Publisher shows it. */
export const policyBody = (level: PolicyLevel, policy: Policy): object => ({
  name: policy.name,
  displayName: policy.displayName,
  description: policy.description,
  policyLevel: level,
  attributes: {},
  requestCount: policy.requestCount,
  /** Milliseconds, whatever the unit. */
  unitTime: policy.unitTime * (TIME_UNITS.get(policy.timeUnit) ?? 0),
  timeUnit: policy.timeUnit,
  tierPlan: policy.tierPlan,
  stopOnQuotaReach: policy.stopOnQuotaReach,
  monetizationProperties: {},
});
