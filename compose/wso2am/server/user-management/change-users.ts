import type { Statements } from '../database/database.ts';
import { isDuplicate } from '../database/database-error.ts';
import { retryWhenBeaten } from '../keymanager/stores/retry.ts';
import { checkNewUser, checkPassword } from './names.ts';
import { requireRoles, requireUser } from './require-parties.ts';
import { addMember, type Member } from './role-rows.ts';
import { revokeTokensOfUsers, tokensOfUsers } from './tokens-of-users.ts';
import type { UserManagement, UserManagementParts } from './user-management.ts';
import { UserManagementError } from './user-management-error.ts';
import { deleteUser, findUser, insertUser, writePassword } from './user-rows.ts';

type UserChanges = Pick<UserManagement, 'addUser' | 'deleteUser' | 'updateCredential' | 'updateCredentialByAdmin'>;

/** Users come, go, and get other passwords; with the latter two their tokens are revoked. */
export const userChanges = (parts: UserManagementParts): UserChanges => {
  const { shared, apim, users, events, admin, hasUniqueIds } = parts;

  const newCredential = async (name: string, password: string): Promise<void> => {
    checkPassword(password);
    const user = await shared.transaction(async (statements) => {
      const found = await requireUser(statements, name);
      await writePassword(statements, found.rowId, password);
      return found;
    });
    if (apim) await revokeTokensOfUsers(apim, [user.name]);
    // Gateways keep the tokens they know: the product has them forget the name only.
    await events.userChanged.fire({ change: 'credential-changed', users: [user.name], tokens: [] });
  };

  return {
    addUser: async (name, password, roles) => {
      checkNewUser(name, password);
      await retryWhenBeaten(() =>
        shared.transaction(async (statements) => {
          const given = await requireRoles(statements, roles);
          const user = await insertUnlessTaken(statements, { name, password, hasUniqueId: hasUniqueIds });
          for (const role of given) await addMember(statements, role, user);
        }),
      );
      await events.userChanged.fire({ change: 'added', users: [name], tokens: [] });
    },

    deleteUser: async (name) => {
      const user = await shared.transaction(async (statements) => {
        const found = await requireUser(statements, name);
        if (found.name.toLowerCase() === admin.toLowerCase()) throw new UserManagementError('Cannot delete admin user');
        await deleteUser(statements, found);
        return found;
      });
      const tokens = apim ? await tokensOfUsers(apim, [user.name]) : [];
      if (apim) await revokeTokensOfUsers(apim, [user.name]);
      await events.userChanged.fire({ change: 'deleted', users: [user.name], tokens });
    },

    updateCredential: async (name, password, former) => {
      if (!(await users.authenticate(name, former)))
        throw new UserManagementError('Old credential does not match with the existing credentials.');
      await newCredential(name, password);
    },

    updateCredentialByAdmin: newCredential,
  };
};

/** The table decides whose name is unique, so that of two calls at the same moment one wins. */
const insertUnlessTaken = async (statements: Statements, user: Parameters<typeof insertUser>[1]): Promise<Member> => {
  const taken = `Username '${user.name}' already exists in the system. Please pick another username.`;
  if (await findUser(statements, user.name)) throw new UserManagementError(taken);
  try {
    return await insertUser(statements, user);
  } catch (cause) {
    throw isDuplicate(cause) ? new UserManagementError(taken) : cause;
  }
};
