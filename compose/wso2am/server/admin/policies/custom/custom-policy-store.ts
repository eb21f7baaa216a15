import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../../carbon/user-store.ts';
import type { Statements } from '../../../database/database.ts';
import { insertRow, updateRow } from '../policy-rows.ts';
import type { CustomPolicy } from './custom-policy.ts';

const TABLE = 'AM_POLICY_GLOBAL';

const row = z
  .object({
    UUID: z.string(),
    POLICY_ID: z.number(),
    NAME: z.string(),
    DESCRIPTION: z.string().nullable(),
    IS_DEPLOYED: z.coerce.boolean(),
    KEY_TEMPLATE: z.string(),
    SIDDHI_QUERY: z.instanceof(Buffer).nullable(),
  })
  .transform(
    (policy): CustomPolicy => ({
      id: policy.UUID,
      rowId: policy.POLICY_ID,
      name: policy.NAME,
      description: policy.DESCRIPTION ?? '',
      isDeployed: policy.IS_DEPLOYED,
      keyTemplate: policy.KEY_TEMPLATE,
      siddhiQuery: policy.SIDDHI_QUERY?.toString('utf8') ?? '',
    }),
  );

/** @param lock keeps others from adding, changing or removing one until the end of the transaction */
export const listCustomPolicies = async (statements: Statements, lock = false): Promise<readonly CustomPolicy[]> => {
  const rows = await statements.query(
    `SELECT * FROM ${TABLE} WHERE TENANT_ID = ? AND UUID IS NOT NULL ORDER BY POLICY_ID${lock ? ' FOR UPDATE' : ''}`,
    [SUPER_TENANT_ID],
  );
  return rows.map((each) => row.parse(each));
};

/** The table lets two policies have one name: callers look before. @returns the id of the row */
export const insertCustomPolicy = (statements: Statements, policy: Omit<CustomPolicy, 'rowId'>): Promise<number> =>
  insertRow(statements, TABLE, {
    UUID: policy.id,
    NAME: policy.name,
    TENANT_ID: SUPER_TENANT_ID,
    ...columnsOf(policy),
  });

export const updateCustomPolicy = (statements: Statements, policy: CustomPolicy): Promise<void> =>
  updateRow(statements, TABLE, policy.id, columnsOf(policy));

const columnsOf = (policy: Omit<CustomPolicy, 'rowId'>) => ({
  DESCRIPTION: policy.description,
  IS_DEPLOYED: policy.isDeployed,
  KEY_TEMPLATE: policy.keyTemplate,
  SIDDHI_QUERY: Buffer.from(policy.siddhiQuery),
});

export const markCustomDeployed = (statements: Statements, id: string): Promise<void> =>
  updateRow(statements, TABLE, id, { IS_DEPLOYED: true });

export const deleteCustomPolicy = async (statements: Statements, id: string): Promise<void> => {
  await statements.execute(`DELETE FROM ${TABLE} WHERE UUID = ?`, [id]);
};
