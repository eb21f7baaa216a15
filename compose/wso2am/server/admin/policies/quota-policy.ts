import { z } from 'zod';
import type { Quota } from '../../throttling/plans/policy.ts';
import { LIMITS, type LimitForm } from './limit.ts';
import { POLICY_FIELDS } from './policy-fields.ts';

/** A policy of an application or a subscription: one quota for each key. */
export type QuotaPolicy = {
  readonly id: string;
  /** `POLICY_ID`. */
  readonly rowId: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly isDeployed: boolean;
  readonly quota: Quota;
  readonly subscription: SubscriptionDetails;
};

/** What only subscription policies have. */
export type SubscriptionDetails = {
  /** 0: bursts are not limited. */
  readonly rateLimitCount: number;
  readonly rateLimitTimeUnit: string | undefined;
  readonly stopOnQuotaReach: boolean;
  readonly billingPlan: string;
};

/** The body of a new or changed policy. */
export const quotaPolicyBody = (form: LimitForm) =>
  z.object({
    ...POLICY_FIELDS,
    defaultLimit: LIMITS[form],
    rateLimitCount: z.int().min(0).nullish(),
    rateLimitTimeUnit: z.enum(['sec', 'min', 'hour', 'day']).nullish(),
    stopOnQuotaReach: z.boolean().nullish(),
    billingPlan: z.enum(['FREE', 'COMMERCIAL']).nullish(),
  });
