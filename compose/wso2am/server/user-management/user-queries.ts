import type { UserStore } from '../carbon/user-store.ts';
import type { Database } from '../database/database.ts';
import { findRole, listRoles, membersOf } from './role-rows.ts';
import { UserManagementError } from './user-management-error.ts';
import { listUsers } from './user-rows.ts';

/** Questions about users and roles. */
export type UserQueries = {
  /** @param filter with `*` for whatever may stand there @param limit anything that is no positive number: as many as allowed */
  listUsers(filter: string, limit: number): Promise<readonly string[]>;
  isExistingUser(name: string): Promise<boolean>;
  isExistingRole(name: string): Promise<boolean>;
  /** @throws UserManagementError for an unknown user */
  rolesOfUser(name: string): Promise<readonly string[]>;
  usersOfRole(name: string): Promise<readonly string[]>;
  roleNames(): Promise<readonly string[]>;
  authenticate(name: string, password: string): Promise<boolean>;
};

/** `MaxUserNameListLength`: users of one answer at most. */
const LONGEST_LIST = 100;

/** Names beyond ASCII are no role's, and could not be compared with the latin1 tables. */
const isAscii = (name: string): boolean => /^[\x20-\x7e]+$/.test(name);

export const userQueries = (shared: Database, users: UserStore): UserQueries => ({
  listUsers: async (filter, limit) => {
    if (!isAscii(filter)) return [];
    const pattern = filter.replaceAll(/[\\%_]/g, (special) => `\\${special}`).replaceAll('*', '%');
    return listUsers(shared, pattern, limit > 0 ? Math.min(limit, LONGEST_LIST) : LONGEST_LIST);
  },
  isExistingUser: async (name) => (await users.find(name)) !== undefined,
  isExistingRole: async (name) => isAscii(name) && (await findRole(shared, name)) !== undefined,
  rolesOfUser: async (name) => {
    const user = await users.find(name);
    if (!user) throw new UserManagementError(`User ${name} does not exist in the system`);
    return user.roles;
  },
  usersOfRole: async (name) => {
    const role = isAscii(name) ? await findRole(shared, name) : undefined;
    return role ? membersOf(shared, role) : [];
  },
  roleNames: () => listRoles(shared),
  authenticate: async (name, password) => (await users.authenticate(name, password)) !== undefined,
});
