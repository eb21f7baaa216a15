import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { newSalt, passwordHash } from '../carbon/users/password-hash.ts';
import { PRIMARY_DOMAIN } from '../carbon/users/user-name.ts';
import type { Statements } from '../database/database.ts';
import type { Member } from './role-rows.ts';

const row = z.object({ UM_ID: z.number(), UM_USER_NAME: z.string() });

/** A user's row, locked until the transaction ends. @param name in ASCII: the tables are latin1 (configuration.md 7) */
export const findUser = async (transaction: Statements, name: string): Promise<Member | undefined> => {
  const sql = 'SELECT UM_ID, UM_USER_NAME FROM UM_USER WHERE UM_USER_NAME = ? AND UM_TENANT_ID = ? FOR UPDATE';
  const [found] = await transaction.query(sql, [name, SUPER_TENANT_ID]);
  if (!found) return undefined;
  const { UM_ID: rowId, UM_USER_NAME: stored } = z.parse(row, found);
  return { name: stored, rowId };
};

/** Names of users, by name. @param pattern of SQL's LIKE */
export const listUsers = async (statements: Statements, pattern: string, limit: number): Promise<readonly string[]> => {
  const rows = await statements.query(
    `SELECT UM_ID, UM_USER_NAME FROM UM_USER WHERE UM_USER_NAME LIKE ? AND UM_TENANT_ID = ?
     ORDER BY UM_USER_NAME LIMIT ${Math.trunc(limit)}`,
    [pattern, SUPER_TENANT_ID],
  );
  return rows.map((found) => z.parse(row, found).UM_USER_NAME);
};

export type NewUser = {
  readonly name: string;
  readonly password: string;
  /** Whether users get a UM_USER_ID: `user_store.type = "database_unique_id"`. */
  readonly hasUniqueId: boolean;
};

/** @throws DatabaseError `ER_DUP_ENTRY` where there is one of that name, in whatever case */
export const insertUser = async (statements: Statements, { name, password, hasUniqueId }: NewUser): Promise<Member> => {
  const salt = newSalt();
  const { insertId } = await statements.execute(
    `INSERT INTO UM_USER (UM_USER_NAME, UM_USER_PASSWORD, UM_SALT_VALUE, UM_REQUIRE_CHANGE, UM_CHANGED_TIME, UM_TENANT_ID,
       UM_USER_ID) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [name, passwordHash(password, salt), salt, false, new Date(), SUPER_TENANT_ID, hasUniqueId ? randomUUID() : null],
  );
  return { name, rowId: insertId };
};

export const writePassword = async (statements: Statements, rowId: number, password: string): Promise<void> => {
  const salt = newSalt();
  await statements.execute(
    'UPDATE UM_USER SET UM_USER_PASSWORD = ?, UM_SALT_VALUE = ?, UM_CHANGED_TIME = ? WHERE UM_ID = ? AND UM_TENANT_ID = ?',
    [passwordHash(password, salt), salt, new Date(), rowId, SUPER_TENANT_ID],
  );
};

/** Removes a user with the roles of both kinds. */
export const deleteUser = async (statements: Statements, { name, rowId }: Member): Promise<void> => {
  await statements.execute(
    `DELETE r FROM UM_HYBRID_USER_ROLE r
     JOIN UM_DOMAIN d ON d.UM_DOMAIN_ID = r.UM_DOMAIN_ID AND d.UM_TENANT_ID = r.UM_TENANT_ID
     WHERE r.UM_USER_NAME = ? AND r.UM_TENANT_ID = ? AND d.UM_DOMAIN_NAME = ?`,
    [name, SUPER_TENANT_ID, PRIMARY_DOMAIN],
  );
  // Roles of the user store go with the row.
  await statements.execute('DELETE FROM UM_USER WHERE UM_ID = ? AND UM_TENANT_ID = ?', [rowId, SUPER_TENANT_ID]);
};
