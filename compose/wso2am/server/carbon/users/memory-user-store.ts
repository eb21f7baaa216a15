import type { User, UserStore } from '../user-store.ts';
import { isPassword, newSalt, passwordHash } from './password-hash.ts';
import { ADMIN_ROLE, EVERYONE, INTERNAL } from './roles.ts';
import { localUserName } from './user-name.ts';

export type SuperAdmin = { readonly username: string; readonly password: string };

/** Stands for the user store in a node's own H2: it holds the super admin and nobody else. */
export const memoryUserStore = (admin: SuperAdmin, hybridRoles: readonly string[]): UserStore => {
  const salt = newSalt();
  const stored = { hash: passwordHash(admin.password, salt), salt };
  const roles = [ADMIN_ROLE, ...[EVERYONE, ...hybridRoles].map((role) => INTERNAL + role)];
  const user: User = { name: admin.username, roles };

  const find = (username: string): User | undefined =>
    localUserName(username)?.toLowerCase() === admin.username.toLowerCase() ? user : undefined;
  return {
    find: async (username) => find(username),
    authenticate: async (username, password) => {
      const found = find(username);
      return found && isPassword(password, stored) ? found : undefined;
    },
  };
};
