import { z } from 'zod';
import type { Statements } from '../../../database/database.ts';
import { insertRow } from '../policy-rows.ts';
import { columnsOfQuota, quotaRow } from '../quota-columns.ts';
import type { DescribedGroup } from './advanced-policy.ts';
import { conditionsOfGroups, insertCondition } from './condition-rows.ts';

const row = z.object({ CONDITION_GROUP_ID: z.number(), POLICY_ID: z.number(), DESCRIPTION: z.string().nullable() });

/** The condition groups of these policies, by `POLICY_ID`; a policy without groups is not there. */
export const groupsOfPolicies = async (
  statements: Statements,
  policyIds: readonly number[],
): Promise<ReadonlyMap<number, readonly DescribedGroup[]>> => {
  const found = new Map<number, DescribedGroup[]>();
  if (policyIds.length === 0) return found;
  const rows = await statements.query(
    `SELECT * FROM AM_CONDITION_GROUP WHERE POLICY_ID IN (${policyIds.map(() => '?').join(', ')})
     ORDER BY CONDITION_GROUP_ID`,
    policyIds,
  );
  const groups = rows.map((each) => ({ ...row.parse(each), quota: quotaRow.parse(each) }));
  const conditions = await conditionsOfGroups(
    statements,
    groups.map(({ CONDITION_GROUP_ID }) => CONDITION_GROUP_ID),
  );
  for (const { CONDITION_GROUP_ID: id, POLICY_ID: policy, DESCRIPTION: description, quota } of groups) {
    const group = { id, description: description ?? '', quota, conditions: conditions.get(id) ?? [] };
    found.set(policy, [...(found.get(policy) ?? []), group]);
  }
  return found;
};

/** Adds groups to a policy. @returns them with the ids they have got */
export const insertGroups = async (
  statements: Statements,
  policyId: number,
  groups: readonly Omit<DescribedGroup, 'id'>[],
): Promise<readonly DescribedGroup[]> => {
  const stored: DescribedGroup[] = [];
  for (const group of groups) {
    const id = await insertRow(statements, 'AM_CONDITION_GROUP', {
      POLICY_ID: policyId,
      DESCRIPTION: group.description,
      ...columnsOfQuota(group.quota),
    });
    for (const condition of group.conditions) await insertCondition(statements, id, condition);
    stored.push({ ...group, id });
  }
  return stored;
};
