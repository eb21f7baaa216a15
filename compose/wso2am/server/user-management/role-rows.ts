import * as z from 'zod/mini';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { EVERYONE, INTERNAL } from '../carbon/users/roles.ts';
import { PRIMARY_DOMAIN } from '../carbon/users/user-name.ts';
import type { Row, Statements } from '../database/database.ts';

/** A role of the user store itself, or a hybrid one, whose name begins with `Internal/` (wire.md 8.2). */
export type Role = { readonly name: string; readonly rowId: number; readonly isHybrid: boolean };

/** Who has a role: own roles know users by row, hybrid ones by name. */
export type Member = { readonly name: string; readonly rowId: number };

const idRow = z.object({ ID: z.number() });
const nameRow = z.object({ NAME: z.string() });
const idIn = ([row]: readonly Row[]): number | undefined => row && z.parse(idRow, row).ID;

const isHybridName = (name: string): boolean => name.startsWith(INTERNAL);
const tableOf = (isHybrid: boolean): string => (isHybrid ? 'UM_HYBRID_ROLE' : 'UM_ROLE');
const storedName = (name: string): string => (isHybridName(name) ? name.slice(INTERNAL.length) : name);

/** The role of this name; undefined where there is none. */
export const findRole = async (statements: Statements, name: string): Promise<Role | undefined> => {
  const isHybrid = isHybridName(name);
  const sql = `SELECT UM_ID AS ID FROM ${tableOf(isHybrid)} WHERE UM_ROLE_NAME = ? AND UM_TENANT_ID = ?`;
  const rowId = idIn(await statements.query(sql, [storedName(name), SUPER_TENANT_ID]));
  return rowId === undefined ? undefined : { name, rowId, isHybrid };
};

/** Names of all roles, those of the user store first. */
export const listRoles = async (statements: Statements): Promise<readonly string[]> => {
  const names = async (isHybrid: boolean): Promise<readonly string[]> => {
    const sql = `SELECT UM_ROLE_NAME AS NAME FROM ${tableOf(isHybrid)} WHERE UM_TENANT_ID = ? ORDER BY UM_ID`;
    return (await statements.query(sql, [SUPER_TENANT_ID])).map((row) => z.parse(nameRow, row).NAME);
  };
  const own = await names(false);
  return [...own, ...(await names(true)).map((name) => INTERNAL + name)];
};

/** @throws DatabaseError `ER_DUP_ENTRY` where there is one of that name */
export const insertRole = async (statements: Statements, name: string): Promise<Role> => {
  const isHybrid = isHybridName(name);
  const sql = `INSERT INTO ${tableOf(isHybrid)} (UM_ROLE_NAME, UM_TENANT_ID) VALUES (?, ?)`;
  const { insertId } = await statements.execute(sql, [storedName(name), SUPER_TENANT_ID]);
  return { name, rowId: insertId, isHybrid };
};

/** Removes a role; who had it has it no more. */
export const deleteRole = async (statements: Statements, { rowId, isHybrid }: Role): Promise<void> => {
  await statements.execute(`DELETE FROM ${tableOf(isHybrid)} WHERE UM_ID = ? AND UM_TENANT_ID = ?`, [
    rowId,
    SUPER_TENANT_ID,
  ]);
};

/** Names of the users with a role; everybody has `Internal/everyone`, which no row says. */
export const membersOf = async (
  statements: Statements,
  { name, rowId, isHybrid }: Role,
): Promise<readonly string[]> => {
  const sql =
    name === INTERNAL + EVERYONE
      ? 'SELECT UM_USER_NAME AS NAME FROM UM_USER WHERE ? IS NOT NULL AND UM_TENANT_ID = ? ORDER BY UM_ID'
      : isHybrid
        ? 'SELECT UM_USER_NAME AS NAME FROM UM_HYBRID_USER_ROLE WHERE UM_ROLE_ID = ? AND UM_TENANT_ID = ? ORDER BY UM_ID'
        : `SELECT u.UM_USER_NAME AS NAME FROM UM_USER_ROLE r
           JOIN UM_USER u ON u.UM_ID = r.UM_USER_ID AND u.UM_TENANT_ID = r.UM_TENANT_ID
           WHERE r.UM_ROLE_ID = ? AND r.UM_TENANT_ID = ? ORDER BY u.UM_ID`;
  return (await statements.query(sql, [rowId, SUPER_TENANT_ID])).map((row) => z.parse(nameRow, row).NAME);
};

/** Gives a role to a user, who may have it already. */
export const addMember = async (statements: Statements, role: Role, member: Member): Promise<void> => {
  if (role.isHybrid) {
    await statements.execute(
      `INSERT INTO UM_HYBRID_USER_ROLE (UM_USER_NAME, UM_ROLE_ID, UM_TENANT_ID, UM_DOMAIN_ID)
       SELECT ?, ?, ?, UM_DOMAIN_ID FROM UM_DOMAIN WHERE UM_DOMAIN_NAME = ? AND UM_TENANT_ID = ?
       ON DUPLICATE KEY UPDATE UM_HYBRID_USER_ROLE.UM_ROLE_ID = UM_HYBRID_USER_ROLE.UM_ROLE_ID`,
      [member.name, role.rowId, SUPER_TENANT_ID, PRIMARY_DOMAIN, SUPER_TENANT_ID],
    );
    return;
  }
  await statements.execute(
    `INSERT INTO UM_USER_ROLE (UM_ROLE_ID, UM_USER_ID, UM_TENANT_ID) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE UM_ROLE_ID = UM_ROLE_ID`,
    [role.rowId, member.rowId, SUPER_TENANT_ID],
  );
};

/** Takes a role from a user, who may not have it. */
export const removeMember = async (statements: Statements, role: Role, member: Member): Promise<void> => {
  const [table, column, key] = role.isHybrid
    ? (['UM_HYBRID_USER_ROLE', 'UM_USER_NAME', member.name] as const)
    : (['UM_USER_ROLE', 'UM_USER_ID', member.rowId] as const);
  await statements.execute(`DELETE FROM ${table} WHERE UM_ROLE_ID = ? AND ${column} = ? AND UM_TENANT_ID = ?`, [
    role.rowId,
    key,
    SUPER_TENANT_ID,
  ]);
};
