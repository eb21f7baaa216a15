import { z } from 'zod';
import { groupsOfPolicies } from '../../admin/policies/advanced/condition-groups-store.ts';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { conditionInfos } from '../../key-validation/condition-group-infos.ts';

const row = z.object({
  POLICY_ID: z.number(),
  TENANT_ID: z.number(),
  NAME: z.string(),
  DEFAULT_QUOTA_TYPE: z.string(),
  APPLICABLE_LEVEL: z.string(),
});

/** Advanced policies with their condition groups, as gateways of 3.2.0 keep them (wire.md 2.3). @param name null: all */
export const listApiPolicies = async (statements: Statements, name: string | null): Promise<readonly object[]> => {
  const found = await statements.query(
    `SELECT POLICY_ID, TENANT_ID, NAME, DEFAULT_QUOTA_TYPE, APPLICABLE_LEVEL FROM AM_API_THROTTLE_POLICY
     WHERE TENANT_ID = ? AND (? IS NULL OR NAME = ?) ORDER BY POLICY_ID`,
    [SUPER_TENANT_ID, name, name],
  );
  const rows = found.map((each) => row.parse(each));
  const groups = await groupsOfPolicies(
    statements,
    rows.map(({ POLICY_ID }) => POLICY_ID),
  );
  return rows.map((policy) => ({
    id: policy.POLICY_ID,
    tenantId: policy.TENANT_ID,
    name: policy.NAME,
    quotaType: policy.DEFAULT_QUOTA_TYPE,
    applicableLevel: policy.APPLICABLE_LEVEL,
    conditionGroups: (groups.get(policy.POLICY_ID) ?? []).map(({ id, quota, conditions }) => ({
      policyId: policy.POLICY_ID,
      quotaType: quota.type,
      conditionGroupId: id,
      condition: conditions.flatMap(conditionInfos).map((condition) => ({
        conditionType: condition.conditionType,
        name: condition.conditionName,
        value: condition.conditionValue,
        isInverted: condition.inverted,
      })),
    })),
  }));
};
