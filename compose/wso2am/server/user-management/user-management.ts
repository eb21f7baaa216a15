import type { CarbonEvents } from '../carbon/events.ts';
import type { UserStore } from '../carbon/user-store.ts';
import type { Database } from '../database/database.ts';
import { roleChanges } from './change-roles.ts';
import { userChanges } from './change-users.ts';

/** Changes of users and roles. Every method rejects with UserManagementError where a change is refused. */
export type UserManagement = {
  addUser(name: string, password: string, roles: readonly string[]): Promise<void>;
  deleteUser(name: string): Promise<void>;
  /** By whoever knows the former password. */
  updateCredential(name: string, password: string, former: string): Promise<void>;
  updateCredentialByAdmin(name: string, password: string): Promise<void>;
  updateRolesOfUser(name: string, removed: readonly string[], added: readonly string[]): Promise<void>;
  updateUsersOfRole(name: string, removed: readonly string[], added: readonly string[]): Promise<void>;
  addRole(name: string, users: readonly string[]): Promise<void>;
  deleteRole(name: string): Promise<void>;
};

export type UserManagementParts = {
  readonly shared: Database;
  /** Where the tokens of users are; absent on a node without it. */
  readonly apim: Database | undefined;
  readonly users: UserStore;
  readonly events: Pick<CarbonEvents, 'userChanged'>;
  /** Name of the super admin, who stays what he is. */
  readonly admin: string;
  readonly hasUniqueIds: boolean;
  /** Whether who loses a role loses all tokens. */
  readonly revokesAtRoleLoss: boolean;
};

/**
 * Changes the UM_* tables, and does what the product's listeners do to the tokens of the users concerned. Gateways hear of a
 * change once it is done (wire.md 4.4).
 */
export const userManagement = (parts: UserManagementParts): UserManagement => ({
  ...userChanges(parts),
  ...roleChanges(parts),
});
