import { z } from 'zod';
import type { SqlValue } from '../../database/database.ts';
import type { Quota } from '../../throttling/plans/policy.ts';
import { POLICY_TIME_UNITS } from '../../throttling/siddhi/time-units.ts';

/** The columns of a quota (wire.md 8.2). @param prefix `DEFAULT_` in AM_API_THROTTLE_POLICY, else nothing */
export const columnsOfQuota = (quota: Quota, prefix = ''): Readonly<Record<string, SqlValue>> => ({
  [`${prefix}QUOTA_TYPE`]: quota.type,
  [`${prefix}QUOTA`]: quota.type === 'requestCount' ? quota.requestCount : quota.dataAmount,
  [`${prefix}QUOTA_UNIT`]: quota.type === 'requestCount' ? null : quota.dataUnit,
  [`${prefix}UNIT_TIME`]: quota.unitTime,
  [`${prefix}TIME_UNIT`]: quota.timeUnit,
});

/** A quota out of a row whose columns have no prefix. */
export const quotaRow = z
  .object({
    QUOTA_TYPE: z.string(),
    QUOTA: z.number(),
    QUOTA_UNIT: z.string().nullable(),
    UNIT_TIME: z.number(),
    TIME_UNIT: z.enum(POLICY_TIME_UNITS),
  })
  .transform((row): Quota => {
    const period = { unitTime: row.UNIT_TIME, timeUnit: row.TIME_UNIT };
    return row.QUOTA_TYPE === 'bandwidthVolume'
      ? {
          type: 'bandwidthVolume',
          dataAmount: row.QUOTA,
          dataUnit: row.QUOTA_UNIT === 'MB' ? 'MB' : 'KB',
          ...period,
        }
      : { type: 'requestCount', requestCount: row.QUOTA, ...period };
  });
