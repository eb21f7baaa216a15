import { z } from 'zod';
import type { Quota } from '../../throttling/plans/policy.ts';
import { POLICY_TIME_UNITS } from '../../throttling/siddhi/time-units.ts';

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

/** Form of the REST API: fields of a limit side by side until v0.17, within its kind in v1 of 3.2.0. */
export type LimitForm = 'flat' | 'nested';

const positive = z.int().min(1).max(2_147_483_647);
const period = { timeUnit: z.enum(POLICY_TIME_UNITS), unitTime: positive };
const count = z.object({ ...period, requestCount: positive });
const bandwidth = z.object({ ...period, dataAmount: positive, dataUnit: z.enum(['KB', 'MB']) });

const requestQuota = (limit: z.infer<typeof count>): Quota => ({ type: 'requestCount', ...limit });
const bandwidthQuota = (limit: z.infer<typeof bandwidth>): Quota => ({ type: 'bandwidthVolume', ...limit });

const LIMITS: Readonly<Record<LimitForm, z.ZodType<Quota>>> = {
  flat: z.union([
    count
      .extend({ type: z.literal('RequestCountLimit') })
      .transform(({ type: _type, ...limit }) => requestQuota(limit)),
    bandwidth
      .extend({ type: z.literal('BandwidthLimit') })
      .transform(({ type: _type, ...limit }) => bandwidthQuota(limit)),
  ]),
  nested: z.union([
    z
      .object({ type: z.literal('REQUESTCOUNTLIMIT'), requestCount: count })
      .transform(({ requestCount }) => requestQuota(requestCount)),
    z.object({ type: z.literal('BANDWIDTHLIMIT'), bandwidth }).transform((limit) => bandwidthQuota(limit.bandwidth)),
  ]),
};

const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\x20-\x7e\xa0-\xff]*$/);

/** The body of a new or changed policy. Its name becomes part of a plan's name and so of a file's. */
export const quotaPolicyBody = (form: LimitForm) =>
  z.object({
    policyName: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[\w.-]+$/),
    displayName: text(512).nullish(),
    description: text(1024).nullish(),
    defaultLimit: LIMITS[form],
    rateLimitCount: z.int().min(0).nullish(),
    rateLimitTimeUnit: z.enum(['sec', 'min', 'hour', 'day']).nullish(),
    stopOnQuotaReach: z.boolean().nullish(),
    billingPlan: z.enum(['FREE', 'COMMERCIAL']).nullish(),
  });

/** A limit as the REST API writes it. */
export const limitBody = (form: LimitForm, quota: Quota): object => {
  const { type, ...limit } = quota;
  if (form === 'flat') return { type: type === 'requestCount' ? 'RequestCountLimit' : 'BandwidthLimit', ...limit };
  return type === 'requestCount'
    ? { type: 'REQUESTCOUNTLIMIT', requestCount: limit, bandwidth: null }
    : { type: 'BANDWIDTHLIMIT', requestCount: null, bandwidth: limit };
};
