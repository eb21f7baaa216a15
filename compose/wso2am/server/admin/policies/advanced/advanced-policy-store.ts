import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../../carbon/user-store.ts';
import type { SqlValue, Statements } from '../../../database/database.ts';
import { insertRow, updateRow } from '../policy-rows.ts';
import { columnsOfQuota, quotaRow } from '../quota-columns.ts';
import type { AdvancedPolicy, DescribedGroup } from './advanced-policy.ts';
import { groupsOfPolicies, insertGroups } from './condition-groups-store.ts';

const TABLE = 'AM_API_THROTTLE_POLICY';

/** Column names of a quota, without the prefix they have in this table. */
const QUOTA = ['QUOTA_TYPE', 'QUOTA', 'QUOTA_UNIT', 'UNIT_TIME', 'TIME_UNIT']
  .map((column) => `DEFAULT_${column} AS ${column}`)
  .join(', ');

const row = z.object({
  UUID: z.string(),
  POLICY_ID: z.number(),
  NAME: z.string(),
  DISPLAY_NAME: z.string().nullable(),
  DESCRIPTION: z.string().nullable(),
  IS_DEPLOYED: z.coerce.boolean(),
});

/** @param lock keeps others from changing them until the end of the transaction */
export const listAdvancedPolicies = async (
  statements: Statements,
  lock = false,
): Promise<readonly AdvancedPolicy[]> => {
  const rows = await statements.query(
    `SELECT UUID, POLICY_ID, NAME, DISPLAY_NAME, DESCRIPTION, IS_DEPLOYED, ${QUOTA}
     FROM ${TABLE} WHERE TENANT_ID = ? AND UUID IS NOT NULL ORDER BY POLICY_ID${lock ? ' FOR UPDATE' : ''}`,
    [SUPER_TENANT_ID],
  );
  const policies = rows.map((each) => ({ ...row.parse(each), defaultQuota: quotaRow.parse(each) }));
  const groups = await groupsOfPolicies(
    statements,
    policies.map(({ POLICY_ID }) => POLICY_ID),
  );
  return policies.map((policy) => ({
    id: policy.UUID,
    rowId: policy.POLICY_ID,
    name: policy.NAME,
    displayName: policy.DISPLAY_NAME ?? policy.NAME,
    description: policy.DESCRIPTION ?? '',
    isDeployed: policy.IS_DEPLOYED,
    defaultQuota: policy.defaultQuota,
    groups: groups.get(policy.POLICY_ID) ?? [],
  }));
};

/** What a caller says of a policy. */
export type AdvancedPolicyFields = Pick<AdvancedPolicy, 'displayName' | 'description' | 'defaultQuota'> & {
  readonly groups: readonly Omit<DescribedGroup, 'id'>[];
};

/** Rejects with a duplicate where the name is taken. */
export const insertAdvancedPolicy = async (
  statements: Statements,
  identity: Pick<AdvancedPolicy, 'id' | 'name'>,
  fields: AdvancedPolicyFields,
): Promise<AdvancedPolicy> => {
  const rowId = await insertRow(statements, TABLE, {
    UUID: identity.id,
    NAME: identity.name,
    TENANT_ID: SUPER_TENANT_ID,
    // Policies per user are not made by the REST APIs of 3.x.
    APPLICABLE_LEVEL: 'apiLevel',
    ...columnsOf(fields),
  });
  const groups = await insertGroups(statements, rowId, fields.groups);
  return { ...fields, ...identity, rowId, isDeployed: false, groups };
};

/** Changes a policy; its groups go, and come with new ids, as in the product. */
export const updateAdvancedPolicy = async (
  statements: Statements,
  policy: AdvancedPolicy,
  fields: AdvancedPolicyFields,
): Promise<AdvancedPolicy> => {
  await updateRow(statements, TABLE, policy.id, columnsOf(fields));
  await statements.execute('DELETE FROM AM_CONDITION_GROUP WHERE POLICY_ID = ?', [policy.rowId]);
  const groups = await insertGroups(statements, policy.rowId, fields.groups);
  return { ...policy, ...fields, isDeployed: false, groups };
};

const columnsOf = ({
  displayName,
  description,
  defaultQuota,
}: AdvancedPolicyFields): Readonly<Record<string, SqlValue>> => ({
  DISPLAY_NAME: displayName,
  DESCRIPTION: description,
  IS_DEPLOYED: false,
  ...columnsOfQuota(defaultQuota, 'DEFAULT_'),
});

export const markAdvancedDeployed = (statements: Statements, id: string): Promise<void> =>
  updateRow(statements, TABLE, id, { IS_DEPLOYED: true });

/** Its groups and their conditions go with it. */
export const deleteAdvancedPolicy = async (statements: Statements, id: string): Promise<void> => {
  await statements.execute(`DELETE FROM ${TABLE} WHERE UUID = ?`, [id]);
};

/** Whether an API or a resource has the policy. */
export const isAdvancedPolicyInUse = async (statements: Statements, name: string): Promise<boolean> => {
  const users = await statements.query(
    `(SELECT 1 AS USED FROM AM_API WHERE API_TIER = ? LIMIT 1)
     UNION (SELECT 1 FROM AM_API_URL_MAPPING WHERE THROTTLING_TIER = ? LIMIT 1)`,
    [name, name],
  );
  return users.length > 0;
};
