import { z } from 'zod';
import type { Call } from '../../carbon/web.ts';
import type { Quota } from '../../throttling/plans/policy.ts';
import { POLICY_TIME_UNITS } from '../../throttling/siddhi/time-units.ts';

/** Form of the REST API: fields of a limit side by side until v0.17, within its kind in v1 of 3.2.0. */
export type LimitForm = 'flat' | 'nested';

/** v1 of 3.2.0 nests; the older ones, of which 3.2.0 serves one too, do not. */
export const formOf = ({ path }: Pick<Call, 'path'>): LimitForm =>
  path.startsWith('/api/am/admin/v1/') ? 'nested' : 'flat';

/** What fits into the INTEGER of a quota's column. */
const positive = z.int().min(1).max(2_147_483_647);
const period = { timeUnit: z.enum(POLICY_TIME_UNITS), unitTime: positive };
const count = z.object({ ...period, requestCount: positive });
const bandwidth = z.object({ ...period, dataAmount: positive, dataUnit: z.enum(['KB', 'MB']) });

const requestQuota = (limit: z.infer<typeof count>): Quota => ({ type: 'requestCount', ...limit });
const bandwidthQuota = (limit: z.infer<typeof bandwidth>): Quota => ({ type: 'bandwidthVolume', ...limit });

/** A limit in the body of a call. */
export const LIMITS: Readonly<Record<LimitForm, z.ZodType<Quota>>> = {
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

/** A limit as the REST API writes it. */
export const limitBody = (form: LimitForm, quota: Quota): object => {
  const { type, ...limit } = quota;
  if (form === 'flat') return { type: type === 'requestCount' ? 'RequestCountLimit' : 'BandwidthLimit', ...limit };
  return type === 'requestCount'
    ? { type: 'REQUESTCOUNTLIMIT', requestCount: limit, bandwidth: null }
    : { type: 'BANDWIDTHLIMIT', requestCount: null, bandwidth: limit };
};
