import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import type { BlockingCondition } from './blocking-condition.ts';

const row = z
  .object({
    CONDITION_ID: z.number(),
    UUID: z.string(),
    TYPE: z.enum(['API', 'APPLICATION', 'IP', 'IPRANGE', 'SUBSCRIPTION', 'USER']),
    VALUE: z.string(),
    ENABLED: z.string(),
  })
  .transform(
    (condition): BlockingCondition => ({
      id: condition.UUID,
      rowId: condition.CONDITION_ID,
      type: condition.TYPE,
      value: condition.VALUE,
      enabled: condition.ENABLED.toLowerCase() === 'true',
    }),
  );

/** @param lock keeps others from adding one until the end of the transaction */
export const listBlockingConditions = async (
  statements: Statements,
  lock = false,
): Promise<readonly BlockingCondition[]> => {
  const rows = await statements.query(
    `SELECT CONDITION_ID, UUID, TYPE, VALUE, ENABLED FROM AM_BLOCK_CONDITIONS
     WHERE DOMAIN = ? AND UUID IS NOT NULL ORDER BY CONDITION_ID${lock ? ' FOR UPDATE' : ''}`,
    [SUPER_TENANT_DOMAIN],
  );
  return rows.map((each) => row.parse(each));
};

/** @returns the row's id */
export const insertBlockingCondition = async (
  statements: Statements,
  { id, type, value, enabled }: Omit<BlockingCondition, 'rowId'>,
): Promise<number> => {
  const { insertId } = await statements.execute(
    'INSERT INTO AM_BLOCK_CONDITIONS (TYPE, VALUE, ENABLED, DOMAIN, UUID) VALUES (?, ?, ?, ?, ?)',
    [type, value, String(enabled), SUPER_TENANT_DOMAIN, id],
  );
  return insertId;
};

export const deleteBlockingCondition = async (statements: Statements, rowId: number): Promise<void> => {
  await statements.execute('DELETE FROM AM_BLOCK_CONDITIONS WHERE CONDITION_ID = ?', [rowId]);
};

export const writeStatus = async (
  statements: Statements,
  { rowId, enabled }: Pick<BlockingCondition, 'rowId' | 'enabled'>,
): Promise<void> => {
  await statements.execute('UPDATE AM_BLOCK_CONDITIONS SET ENABLED = ? WHERE CONDITION_ID = ?', [
    String(enabled),
    rowId,
  ]);
};
