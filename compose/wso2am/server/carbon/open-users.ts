import type { Configuration } from '../config/configuration.ts';
import type { Database } from '../database/database.ts';
import { StartFailure } from './start-failure.ts';
import type { UserStore } from './user-store.ts';
import { createRealm } from './users/create-realm.ts';
import { databaseUserStore } from './users/database-user-store.ts';
import { memoryUserStore } from './users/memory-user-store.ts';
import { hybridRolesOf } from './users/roles.ts';

/**
 * The node's users: those of the shared database, where the first nodes to start make the admin and the roles, or without
 * one the admin alone.
 * @throws StartFailure tables missing, an admin that is missing and must not be created
 */
export const openUsers = async (configuration: Configuration, shared: Database | undefined): Promise<UserStore> => {
  const admin = {
    username: configuration.text('super_admin.username'),
    password: configuration.text('super_admin.password'),
  };
  const hybridRoles = hybridRolesOf(configuration.version);
  if (!shared) return memoryUserStore(admin, hybridRoles);

  const createAdmin = configuration.flag('super_admin.create_admin_account');
  const uniqueIds = configuration.text('user_store.type').endsWith('_unique_id');
  try {
    await createRealm(shared, { admin, createAdmin, hybridRoles, uniqueIds });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(
      'org.wso2.carbon.user.core.common.DefaultRealm',
      `Cannot create the user realm: ${reason}`,
      cause,
    );
  }
  return databaseUserStore(shared);
};
