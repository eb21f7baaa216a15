import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Database, SqlValue, Statements } from '../../database/database.ts';
import { isDuplicate, isLockedOut } from '../../database/database-error.ts';
import { SUPER_TENANT_ID } from '../user-store.ts';
import { newSalt, passwordHash } from './password-hash.ts';
import { ADMIN_ROLE, EVERYONE } from './roles.ts';
import { PRIMARY_DOMAIN } from './user-name.ts';

export type RealmPlan = {
  readonly admin: { readonly username: string; readonly password: string };
  /** `[super_admin] create_admin_account`. */
  readonly createAdmin: boolean;
  /** Hybrid roles besides `everyone`, without their prefix. */
  readonly hybridRoles: readonly string[];
  /** Whether users get a UM_USER_ID: `user_store.type = "database_unique_id"`. */
  readonly uniqueIds: boolean;
};

/** Each failed attempt means that another node got one step further, so a handful is plenty. */
const ATTEMPTS = 20;

/**
 * Puts the super admin and the roles of a fresh installation into the UM_* tables, once for all nodes. Several nodes may do it
 * at the same moment: all happens in one transaction, and who meets another's rows (a duplicate, a deadlock) begins anew and
 * finds them. What is there already stays as it is, a changed password and a role taken from the admin included.
 * @throws Error when the admin is missing and must not be created; DatabaseError
 */
export const createRealm = async (database: Database, plan: RealmPlan): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction((statements) => fillRealm(statements, plan));
    } catch (cause) {
      if (attempt === ATTEMPTS || !(isDuplicate(cause) || isLockedOut(cause))) throw cause;
    }
  }
};

const fillRealm = async (statements: Statements, plan: RealmPlan): Promise<void> => {
  const domain = await ensure(statements, 'UM_DOMAIN', 'UM_DOMAIN_ID', { UM_DOMAIN_NAME: PRIMARY_DOMAIN });
  const adminRole = await ensure(statements, 'UM_ROLE', 'UM_ID', { UM_ROLE_NAME: ADMIN_ROLE });
  const admin = await ensureAdmin(statements, plan);
  if (admin.isNew || adminRole.isNew)
    await insert(statements, 'UM_USER_ROLE', { UM_ROLE_ID: adminRole.id, UM_USER_ID: admin.id });

  await ensure(statements, 'UM_HYBRID_ROLE', 'UM_ID', { UM_ROLE_NAME: EVERYONE });
  for (const name of plan.hybridRoles) {
    const role = await ensure(statements, 'UM_HYBRID_ROLE', 'UM_ID', { UM_ROLE_NAME: name });
    const member = { UM_USER_NAME: plan.admin.username, UM_ROLE_ID: role.id, UM_DOMAIN_ID: domain.id };
    if (role.isNew) await insert(statements, 'UM_HYBRID_USER_ROLE', member);
  }
};

const ensureAdmin = async (statements: Statements, plan: RealmPlan): Promise<Ensured> => {
  const { username, password } = plan.admin;
  const found = await findId(statements, 'UM_USER', 'UM_ID', { UM_USER_NAME: username });
  if (found !== undefined) return { id: found, isNew: false };
  if (!plan.createAdmin) {
    throw new Error(
      `Admin user "${username}" can not be created in primary user store. Add-Admin has been set to false. Please pick a user name which exists in the primary user store as Admin user`,
    );
  }
  const salt = newSalt();
  const id = await insert(statements, 'UM_USER', {
    UM_USER_NAME: username,
    UM_USER_PASSWORD: passwordHash(password, salt),
    UM_SALT_VALUE: salt,
    UM_REQUIRE_CHANGE: false,
    UM_CHANGED_TIME: new Date(),
    ...(plan.uniqueIds ? { UM_USER_ID: randomUUID() } : {}),
  });
  return { id, isNew: true };
};

type Columns = Readonly<Record<string, SqlValue>>;
type Ensured = { readonly id: number; readonly isNew: boolean };

/** The row with these values in the super tenant, made where it is missing. Names are the constants above, never input. */
const ensure = async (statements: Statements, table: string, idColumn: string, columns: Columns): Promise<Ensured> => {
  const found = await findId(statements, table, idColumn, columns);
  if (found !== undefined) return { id: found, isNew: false };
  return { id: await insert(statements, table, columns), isNew: true };
};

const findId = async (
  statements: Statements,
  table: string,
  idColumn: string,
  columns: Columns,
): Promise<number | undefined> => {
  const conditions = [...Object.keys(columns), 'UM_TENANT_ID'].map((column) => `${column} = ?`).join(' AND ');
  const [row] = await statements.query(`SELECT ${idColumn} AS ID FROM ${table} WHERE ${conditions}`, [
    ...Object.values(columns),
    SUPER_TENANT_ID,
  ]);
  return row && z.object({ ID: z.number() }).parse(row).ID;
};

const insert = async (statements: Statements, table: string, columns: Columns): Promise<number> => {
  const names = [...Object.keys(columns), 'UM_TENANT_ID'];
  const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  const { insertId } = await statements.execute(sql, [...Object.values(columns), SUPER_TENANT_ID]);
  return insertId;
};
