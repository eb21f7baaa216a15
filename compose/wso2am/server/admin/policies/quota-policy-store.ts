import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { SqlValue, Statements } from '../../database/database.ts';
import type { Quota } from '../../throttling/plans/policy.ts';
import { POLICY_TIME_UNITS } from '../../throttling/siddhi/time-units.ts';
import type { QuotaPolicy } from './quota-policy.ts';

export type QuotaLevel = 'application' | 'subscription';

const TABLES: Readonly<Record<QuotaLevel, string>> = {
  application: 'AM_POLICY_APPLICATION',
  subscription: 'AM_POLICY_SUBSCRIPTION',
};

const row = z
  .object({
    UUID: z.string(),
    POLICY_ID: z.number(),
    NAME: z.string(),
    DISPLAY_NAME: z.string().nullable(),
    DESCRIPTION: z.string().nullable(),
    IS_DEPLOYED: z.coerce.boolean(),
    QUOTA_TYPE: z.string(),
    QUOTA: z.number(),
    QUOTA_UNIT: z.string().nullable(),
    UNIT_TIME: z.number(),
    TIME_UNIT: z.enum(POLICY_TIME_UNITS),
    RATE_LIMIT_COUNT: z.number().nullish(),
    RATE_LIMIT_TIME_UNIT: z.string().nullish(),
    STOP_ON_QUOTA_REACH: z.coerce.boolean().default(true),
    BILLING_PLAN: z.string().default('FREE'),
  })
  .transform((policy): QuotaPolicy => {
    const period = { unitTime: policy.UNIT_TIME, timeUnit: policy.TIME_UNIT };
    const quota: Quota =
      policy.QUOTA_TYPE === 'bandwidthVolume'
        ? {
            type: 'bandwidthVolume',
            dataAmount: policy.QUOTA,
            dataUnit: policy.QUOTA_UNIT === 'MB' ? 'MB' : 'KB',
            ...period,
          }
        : { type: 'requestCount', requestCount: policy.QUOTA, ...period };
    return {
      id: policy.UUID,
      rowId: policy.POLICY_ID,
      name: policy.NAME,
      displayName: policy.DISPLAY_NAME ?? policy.NAME,
      description: policy.DESCRIPTION ?? '',
      isDeployed: policy.IS_DEPLOYED,
      quota,
      subscription: {
        rateLimitCount: policy.RATE_LIMIT_COUNT ?? 0,
        rateLimitTimeUnit: policy.RATE_LIMIT_TIME_UNIT ?? undefined,
        stopOnQuotaReach: policy.STOP_ON_QUOTA_REACH,
        billingPlan: policy.BILLING_PLAN,
      },
    };
  });

export const listQuotaPolicies = async (statements: Statements, level: QuotaLevel): Promise<readonly QuotaPolicy[]> => {
  const rows = await statements.query(
    `SELECT * FROM ${TABLES[level]} WHERE TENANT_ID = ? AND UUID IS NOT NULL ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID],
  );
  return rows.map((each) => row.parse(each));
};

/** Rejects with a duplicate where the name is taken. @returns the id of the row */
export const insertQuotaPolicy = async (
  statements: Statements,
  level: QuotaLevel,
  policy: Omit<QuotaPolicy, 'rowId'>,
): Promise<number> => {
  const columns = { UUID: policy.id, NAME: policy.name, TENANT_ID: SUPER_TENANT_ID, ...columnsOf(level, policy) };
  const names = Object.keys(columns);
  const { insertId } = await statements.execute(
    `INSERT INTO ${TABLES[level]} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(columns),
  );
  return insertId;
};

export const updateQuotaPolicy = async (
  statements: Statements,
  level: QuotaLevel,
  policy: QuotaPolicy,
): Promise<void> => {
  const columns = columnsOf(level, policy);
  const assignments = Object.keys(columns).map((name) => `${name} = ?`);
  await statements.execute(`UPDATE ${TABLES[level]} SET ${assignments.join(', ')} WHERE UUID = ?`, [
    ...Object.values(columns),
    policy.id,
  ]);
};

/** What of a policy may change. */
const columnsOf = (level: QuotaLevel, policy: Omit<QuotaPolicy, 'rowId'>): Readonly<Record<string, SqlValue>> => {
  const { quota, subscription } = policy;
  return {
    DISPLAY_NAME: policy.displayName,
    DESCRIPTION: policy.description,
    IS_DEPLOYED: policy.isDeployed,
    QUOTA_TYPE: quota.type,
    QUOTA: quota.type === 'requestCount' ? quota.requestCount : quota.dataAmount,
    QUOTA_UNIT: quota.type === 'requestCount' ? null : quota.dataUnit,
    UNIT_TIME: quota.unitTime,
    TIME_UNIT: quota.timeUnit,
    ...(level === 'subscription'
      ? {
          RATE_LIMIT_COUNT: subscription.rateLimitCount,
          RATE_LIMIT_TIME_UNIT: subscription.rateLimitTimeUnit ?? null,
          STOP_ON_QUOTA_REACH: subscription.stopOnQuotaReach,
          BILLING_PLAN: subscription.billingPlan,
        }
      : {}),
  };
};

export const markDeployed = async (statements: Statements, level: QuotaLevel, id: string): Promise<void> => {
  await statements.execute(`UPDATE ${TABLES[level]} SET IS_DEPLOYED = 1 WHERE UUID = ?`, [id]);
};

export const deleteQuotaPolicy = async (statements: Statements, level: QuotaLevel, id: string): Promise<void> => {
  await statements.execute(`DELETE FROM ${TABLES[level]} WHERE UUID = ?`, [id]);
};

const USERS: Readonly<Record<QuotaLevel, string>> = {
  application: 'SELECT 1 AS USED FROM AM_APPLICATION WHERE APPLICATION_TIER = ? LIMIT 1',
  subscription: 'SELECT 1 AS USED FROM AM_SUBSCRIPTION WHERE TIER_ID = ? LIMIT 1',
};

/** Whether an application or a subscription has the policy. */
export const isInUse = async (statements: Statements, level: QuotaLevel, name: string): Promise<boolean> =>
  (await statements.query(USERS[level], [name])).length > 0;
