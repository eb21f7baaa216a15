import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

const common = { POLICY_ID: z.number(), TENANT_ID: z.number(), NAME: z.string(), QUOTA_TYPE: z.string() };

const applicationRow = z.object(common);

const subscriptionRow = z.object({
  ...common,
  RATE_LIMIT_COUNT: z.number().nullable(),
  RATE_LIMIT_TIME_UNIT: z.string().nullable(),
  STOP_ON_QUOTA_REACH: z.number(),
  MAX_DEPTH: z.number(),
  MAX_COMPLEXITY: z.number(),
});

const policyBody = (policy: z.infer<typeof applicationRow>) => ({
  id: policy.POLICY_ID,
  tenantId: policy.TENANT_ID,
  name: policy.NAME,
  quotaType: policy.QUOTA_TYPE,
});

/** Policies of applications as gateways of 3.2.0 keep them (wire.md 2.3). @param name of the only one to list; null: all */
export const listApplicationPolicies = async (
  statements: Statements,
  name: string | null,
): Promise<readonly object[]> => {
  const rows = await statements.query(
    `SELECT POLICY_ID, TENANT_ID, NAME, QUOTA_TYPE FROM AM_POLICY_APPLICATION
     WHERE TENANT_ID = ? AND (? IS NULL OR NAME = ?) ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID, name, name],
  );
  return rows.map((row) => policyBody(applicationRow.parse(row)));
};

/** Policies of subscriptions as gateways of 3.2.0 keep them; a rate of 0 limits nothing. @param name null: all */
export const listSubscriptionPolicies = async (
  statements: Statements,
  name: string | null,
): Promise<readonly object[]> => {
  const rows = await statements.query(
    `SELECT POLICY_ID, TENANT_ID, NAME, QUOTA_TYPE, RATE_LIMIT_COUNT, RATE_LIMIT_TIME_UNIT, STOP_ON_QUOTA_REACH, MAX_DEPTH,
       MAX_COMPLEXITY FROM AM_POLICY_SUBSCRIPTION
     WHERE TENANT_ID = ? AND (? IS NULL OR NAME = ?) ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID, name, name],
  );
  return rows.map((row) => {
    const policy = subscriptionRow.parse(row);
    return {
      ...policyBody(policy),
      rateLimitCount: policy.RATE_LIMIT_COUNT ?? 0,
      rateLimitTimeUnit: policy.RATE_LIMIT_TIME_UNIT,
      stopOnQuotaReach: policy.STOP_ON_QUOTA_REACH === 1,
      graphQLMaxDepth: policy.MAX_DEPTH,
      graphQLMaxComplexity: policy.MAX_COMPLEXITY,
    };
  });
};
