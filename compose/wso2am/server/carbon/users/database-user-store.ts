import * as z from 'zod/mini';
import type { Database } from '../../database/database.ts';
import { isLatin1 } from '../../database/is-latin1.ts';
import { SUPER_TENANT_ID, type User, type UserStore } from '../user-store.ts';
import { isPassword } from './password-hash.ts';
import { EVERYONE, INTERNAL } from './roles.ts';
import { localUserName, PRIMARY_DOMAIN } from './user-name.ts';

const userRow = z.object({
  UM_ID: z.number(),
  UM_USER_NAME: z.string(),
  UM_USER_PASSWORD: z.string(),
  UM_SALT_VALUE: z.nullable(z.string()),
});

const roleRow = z.object({ UM_ROLE_NAME: z.string() });

const FIND_USER = `
  SELECT UM_ID, UM_USER_NAME, UM_USER_PASSWORD, UM_SALT_VALUE
  FROM UM_USER WHERE UM_USER_NAME = ? AND UM_TENANT_ID = ?`;

const FIND_ROLES = `
  SELECT r.UM_ROLE_NAME FROM UM_USER_ROLE ur
  JOIN UM_ROLE r ON r.UM_ID = ur.UM_ROLE_ID AND r.UM_TENANT_ID = ur.UM_TENANT_ID
  WHERE ur.UM_USER_ID = ? AND ur.UM_TENANT_ID = ? ORDER BY r.UM_ID`;

const FIND_HYBRID_ROLES = `
  SELECT r.UM_ROLE_NAME FROM UM_HYBRID_USER_ROLE ur
  JOIN UM_HYBRID_ROLE r ON r.UM_ID = ur.UM_ROLE_ID AND r.UM_TENANT_ID = ur.UM_TENANT_ID
  JOIN UM_DOMAIN d ON d.UM_DOMAIN_ID = ur.UM_DOMAIN_ID AND d.UM_TENANT_ID = ur.UM_TENANT_ID
  WHERE ur.UM_USER_NAME = ? AND ur.UM_TENANT_ID = ? AND d.UM_DOMAIN_NAME = ?
  ORDER BY r.UM_ID`;

/**
 * The primary user store of the super tenant over the UM_* tables (wire.md 8.2). Nothing is cached: a user changed through one
 * node is changed for all at once, which the product reaches only after its caches' time.
 */
export const databaseUserStore = (database: Database): UserStore => {
  const findRow = async (username: string): Promise<z.infer<typeof userRow> | undefined> => {
    const name = localUserName(username);
    if (name === undefined || !isLatin1(name)) return undefined;
    const [row] = await database.query(FIND_USER, [name, SUPER_TENANT_ID]);
    return row && userRow.parse(row);
  };

  const withRoles = async (row: z.infer<typeof userRow>): Promise<User> => {
    const [own, hybrid] = await Promise.all([
      database.query(FIND_ROLES, [row.UM_ID, SUPER_TENANT_ID]),
      database.query(FIND_HYBRID_ROLES, [row.UM_USER_NAME, SUPER_TENANT_ID, PRIMARY_DOMAIN]),
    ]);
    const names = (rows: readonly unknown[]): string[] => rows.map((each) => roleRow.parse(each).UM_ROLE_NAME);
    const roles = [...names(own), ...[EVERYONE, ...names(hybrid)].map((name) => INTERNAL + name)];
    return { name: row.UM_USER_NAME, roles };
  };

  return {
    find: async (username) => {
      const row = await findRow(username);
      return row && withRoles(row);
    },
    authenticate: async (username, password) => {
      const row = await findRow(username);
      if (!row) return undefined;
      const stored = { hash: row.UM_USER_PASSWORD, salt: row.UM_SALT_VALUE ?? '' };
      return isPassword(password, stored) ? withRoles(row) : undefined;
    },
  };
};
