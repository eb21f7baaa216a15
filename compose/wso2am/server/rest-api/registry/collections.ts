import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

const pathRow = z.object({ REG_PATH_ID: z.number() });

/**
 * Id of a collection, made with everything above it where it is missing. Two nodes may do so at the same moment: the second
 * waits for the first and finds its row.
 */
export const ensureCollection = async (statements: Statements, path: string, user: string): Promise<number> => {
  const known = await findCollection(statements, path);
  if (known !== undefined) return known;
  const parent = path === '/' ? undefined : await ensureCollection(statements, parentOf(path), user);
  const { affectedRows } = await statements.execute(
    'INSERT IGNORE INTO REG_PATH (REG_PATH_VALUE, REG_PATH_PARENT_ID, REG_TENANT_ID) VALUES (?, ?, ?)',
    [path, parent ?? -1, SUPER_TENANT_ID],
  );
  const id = await findCollection(statements, path, 'FOR SHARE');
  if (id === undefined) throw new Error(`The registry has no collection ${path}`);
  if (affectedRows === 1) {
    await statements.execute(
      'INSERT INTO REG_RESOURCE (REG_PATH_ID, REG_CREATOR, REG_LAST_UPDATOR, REG_TENANT_ID, REG_UUID) VALUES (?, ?, ?, ?, ?)',
      [id, user, user, SUPER_TENANT_ID, randomUUID()],
    );
  }
  return id;
};

/** @param lock reads what another transaction has just committed, which a plain read of this one may not see yet */
const findCollection = async (statements: Statements, path: string, lock = ''): Promise<number | undefined> => {
  const [row] = await statements.query(
    `SELECT REG_PATH_ID FROM REG_PATH WHERE REG_PATH_VALUE = ? AND REG_TENANT_ID = ? ${lock}`,
    [path, SUPER_TENANT_ID],
  );
  return row && pathRow.parse(row).REG_PATH_ID;
};

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
