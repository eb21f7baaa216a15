import { ADMIN_ROLE, EVERYONE, INTERNAL } from '../carbon/users/roles.ts';
import type { Statements } from '../database/database.ts';
import { isDuplicate } from '../database/database-error.ts';
import { checkNewRole } from './names.ts';
import { requireRoles, requireUser } from './require-parties.ts';
import { addMember, deleteRole, findRole, insertRole, type Member, type Role, removeMember } from './role-rows.ts';
import { revokeTokensOfUsers, tokensOfUsers } from './tokens-of-users.ts';
import type { UserManagement, UserManagementParts } from './user-management.ts';
import { UserManagementError } from './user-management-error.ts';

type RoleChanges = Pick<UserManagement, 'updateRolesOfUser' | 'updateUsersOfRole' | 'addRole' | 'deleteRole'>;

/** Roles come and go, and so do their users. */
export const roleChanges = ({ shared, apim, events, admin, revokesAtRoleLoss }: UserManagementParts): RoleChanges => {
  /** Takes a role from a user; the super admin stays one. */
  const take = async (statements: Statements, role: Role, user: Member): Promise<void> => {
    if (role.name === ADMIN_ROLE && user.name.toLowerCase() === admin.toLowerCase())
      throw new UserManagementError('Cannot remove Admin user from Admin role');
    await removeMember(statements, role, user);
  };

  /** Gateways think anew of the users' tokens, whether a role came or went. */
  const tell = async (users: readonly string[], losers: readonly string[]): Promise<void> => {
    const tokens = apim ? await tokensOfUsers(apim, users) : [];
    if (apim && revokesAtRoleLoss) await revokeTokensOfUsers(apim, losers);
    await events.userChanged.fire({ change: 'roles-changed', users, tokens });
  };

  return {
    updateRolesOfUser: async (name, removed, added) => {
      const user = await shared.transaction(async (statements) => {
        const found = await requireUser(statements, name);
        for (const role of await requireRoles(statements, removed)) await take(statements, role, found);
        for (const role of await requireRoles(statements, added)) await addMember(statements, role, found);
        return found;
      });
      await tell([user.name], removed.length > 0 ? [user.name] : []);
    },

    updateUsersOfRole: async (name, removed, added) => {
      const { losers, winners } = await shared.transaction(async (statements) => {
        const [role] = await requireRoles(statements, [name]);
        const each = async (names: readonly string[], change: typeof addMember): Promise<readonly string[]> => {
          const users: string[] = [];
          for (const written of role ? names : []) {
            const user = await requireUser(statements, written);
            if (role) await change(statements, role, user);
            users.push(user.name);
          }
          return users;
        };
        return { losers: await each(removed, take), winners: await each(added, addMember) };
      });
      await tell([...winners, ...losers], losers);
    },

    addRole: async (name, users) => {
      checkNewRole(name);
      await shared.transaction(async (statements) => {
        const role = await insertUnlessTaken(statements, name);
        for (const user of users) await addMember(statements, role, await requireUser(statements, user));
      });
    },

    deleteRole: async (name) => {
      if (name === ADMIN_ROLE || name === INTERNAL + EVERYONE)
        throw new UserManagementError(`Cannot delete ${name === ADMIN_ROLE ? 'admin' : 'everyone'} role`);
      await shared.transaction(async (statements) => {
        for (const role of await requireRoles(statements, [name])) await deleteRole(statements, role);
      });
    },
  };
};

const insertUnlessTaken = async (statements: Statements, name: string): Promise<Role> => {
  const taken = `Role name: ${name} in the system. Please pick another role name.`;
  if (await findRole(statements, name)) throw new UserManagementError(taken);
  try {
    return await insertRole(statements, name);
  } catch (cause) {
    throw isDuplicate(cause) ? new UserManagementError(taken) : cause;
  }
};
