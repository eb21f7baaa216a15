import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { SqlValue, Statements } from '../../database/database.ts';
import { insertRow, updateRow } from './policy-rows.ts';
import { columnsOfQuota, quotaRow } from './quota-columns.ts';
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
    RATE_LIMIT_COUNT: z.number().nullish(),
    RATE_LIMIT_TIME_UNIT: z.string().nullish(),
    STOP_ON_QUOTA_REACH: z.coerce.boolean().default(true),
    BILLING_PLAN: z.string().default('FREE'),
  })
  .transform(
    (policy): Omit<QuotaPolicy, 'quota'> => ({
      id: policy.UUID,
      rowId: policy.POLICY_ID,
      name: policy.NAME,
      displayName: policy.DISPLAY_NAME ?? policy.NAME,
      description: policy.DESCRIPTION ?? '',
      isDeployed: policy.IS_DEPLOYED,
      subscription: {
        rateLimitCount: policy.RATE_LIMIT_COUNT ?? 0,
        rateLimitTimeUnit: policy.RATE_LIMIT_TIME_UNIT ?? undefined,
        stopOnQuotaReach: policy.STOP_ON_QUOTA_REACH,
        billingPlan: policy.BILLING_PLAN,
      },
    }),
  );

export const listQuotaPolicies = async (statements: Statements, level: QuotaLevel): Promise<readonly QuotaPolicy[]> => {
  const rows = await statements.query(
    `SELECT * FROM ${TABLES[level]} WHERE TENANT_ID = ? AND UUID IS NOT NULL ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID],
  );
  return rows.map((each) => ({ ...row.parse(each), quota: quotaRow.parse(each) }));
};

/** Rejects with a duplicate where the name is taken. @returns the id of the row */
export const insertQuotaPolicy = (
  statements: Statements,
  level: QuotaLevel,
  policy: Omit<QuotaPolicy, 'rowId'>,
): Promise<number> => {
  const columns = { UUID: policy.id, NAME: policy.name, TENANT_ID: SUPER_TENANT_ID, ...columnsOf(level, policy) };
  return insertRow(statements, TABLES[level], columns);
};

export const updateQuotaPolicy = (statements: Statements, level: QuotaLevel, policy: QuotaPolicy): Promise<void> =>
  updateRow(statements, TABLES[level], policy.id, columnsOf(level, policy));

/** What of a policy may change. */
const columnsOf = (level: QuotaLevel, policy: Omit<QuotaPolicy, 'rowId'>): Readonly<Record<string, SqlValue>> => {
  const { quota, subscription } = policy;
  return {
    DISPLAY_NAME: policy.displayName,
    DESCRIPTION: policy.description,
    IS_DEPLOYED: policy.isDeployed,
    ...columnsOfQuota(quota),
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
