import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

/** Levels that policies are of: the Publisher shows those of APIs and subscriptions, the Portal those of its own two. */
export type PolicyLevel = 'api' | 'application' | 'subscription';

export type Policy = {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly requestCount: number;
  readonly unitTime: number;
  readonly timeUnit: string;
  readonly stopOnQuotaReach: boolean;
  readonly tierPlan: 'FREE' | 'COMMERCIAL';
};

const QUERIES: Readonly<Record<PolicyLevel, string>> = {
  subscription: `
    SELECT NAME, DISPLAY_NAME, DESCRIPTION, QUOTA, UNIT_TIME, TIME_UNIT, STOP_ON_QUOTA_REACH, BILLING_PLAN
    FROM AM_POLICY_SUBSCRIPTION WHERE TENANT_ID = ? ORDER BY POLICY_ID`,
  application: `
    SELECT NAME, DISPLAY_NAME, DESCRIPTION, QUOTA, UNIT_TIME, TIME_UNIT, 1 AS STOP_ON_QUOTA_REACH, 'FREE' AS BILLING_PLAN
    FROM AM_POLICY_APPLICATION WHERE TENANT_ID = ? ORDER BY POLICY_ID`,
  api: `
    SELECT NAME, DISPLAY_NAME, DESCRIPTION, DEFAULT_QUOTA AS QUOTA, DEFAULT_UNIT_TIME AS UNIT_TIME,
      DEFAULT_TIME_UNIT AS TIME_UNIT, 1 AS STOP_ON_QUOTA_REACH, 'FREE' AS BILLING_PLAN
    FROM AM_API_THROTTLE_POLICY WHERE TENANT_ID = ? ORDER BY POLICY_ID`,
};

const policyRow = z
  .object({
    NAME: z.string(),
    DISPLAY_NAME: z.string().nullable(),
    DESCRIPTION: z.string().nullable(),
    QUOTA: z.number(),
    UNIT_TIME: z.number(),
    TIME_UNIT: z.string(),
    STOP_ON_QUOTA_REACH: z.coerce.number(),
    BILLING_PLAN: z.string(),
  })
  .transform(
    (row): Policy => ({
      name: row.NAME,
      displayName: row.DISPLAY_NAME ?? row.NAME,
      description: row.DESCRIPTION ?? '',
      requestCount: row.QUOTA,
      unitTime: row.UNIT_TIME,
      timeUnit: row.TIME_UNIT,
      stopOnQuotaReach: row.STOP_ON_QUOTA_REACH === 1,
      tierPlan: row.BILLING_PLAN === 'COMMERCIAL' ? 'COMMERCIAL' : 'FREE',
    }),
  );

/** Policy of calls without a token; nobody can choose it. */
const UNAUTHENTICATED = 'Unauthenticated';

/** The policies that may be named at a level. */
export const listPolicies = async (statements: Statements, level: PolicyLevel): Promise<readonly Policy[]> => {
  const rows = await statements.query(QUERIES[level], [SUPER_TENANT_ID]);
  return rows.map((row) => policyRow.parse(row)).filter(({ name }) => name !== UNAUTHENTICATED);
};
