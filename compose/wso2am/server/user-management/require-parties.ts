import { EVERYONE, INTERNAL } from '../carbon/users/roles.ts';
import type { Statements } from '../database/database.ts';
import { storedUserName } from './names.ts';
import { findRole, type Member, type Role } from './role-rows.ts';
import { UserManagementError } from './user-management-error.ts';
import { findUser } from './user-rows.ts';

/** The user of this name. @throws UserManagementError */
export const requireUser = async (statements: Statements, written: string): Promise<Member> => {
  const name = storedUserName(written);
  const user = name === undefined ? undefined : await findUser(statements, name);
  if (!user) throw new UserManagementError(`User ${written} does not exist in the system`);
  return user;
};

/** The roles of these names. `Internal/everyone` is everybody's, neither given nor taken. @throws UserManagementError */
export const requireRoles = async (statements: Statements, names: readonly string[]): Promise<readonly Role[]> => {
  const roles: Role[] = [];
  for (const name of new Set(names)) {
    if (name === INTERNAL + EVERYONE) throw new UserManagementError('Everyone role is not updatable');
    // Nothing but latin1 can be compared with the tables, and no role has a name beyond ASCII.
    const role = /^[\x20-\x7e]+$/.test(name) ? await findRole(statements, name) : undefined;
    if (!role) throw new UserManagementError(`The role: ${name} does not exist`);
    roles.push(role);
  }
  return roles;
};
