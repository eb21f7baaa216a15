import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { listPolicies as listPublisherPolicies, type Policy } from '../../publisher/stores/policies.ts';

/** Levels whose policies the Portal offers. */
export const POLICY_LEVELS = ['application', 'subscription'] as const;

export type PolicyLevel = (typeof POLICY_LEVELS)[number];

const row = z
  .object({
    NAME: z.string(),
    DISPLAY_NAME: z.string().nullable(),
    DESCRIPTION: z.string().nullable(),
    QUOTA: z.number(),
    UNIT_TIME: z.number(),
    TIME_UNIT: z.string(),
  })
  .transform(
    (found): Policy => ({
      name: found.NAME,
      displayName: found.DISPLAY_NAME ?? found.NAME,
      description: found.DESCRIPTION ?? '',
      requestCount: found.QUOTA,
      unitTime: found.UNIT_TIME,
      timeUnit: found.TIME_UNIT,
      stopOnQuotaReach: true,
      tierPlan: 'FREE',
    }),
  );

/** The policies an application or a subscription may name. */
export const listPolicies = async (statements: Statements, level: PolicyLevel): Promise<readonly Policy[]> => {
  if (level === 'subscription') return listPublisherPolicies(statements, level);
  const rows = await statements.query(
    `SELECT NAME, DISPLAY_NAME, DESCRIPTION, QUOTA, UNIT_TIME, TIME_UNIT FROM AM_POLICY_APPLICATION
     WHERE TENANT_ID = ? ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID],
  );
  return rows.map((found) => row.parse(found));
};
