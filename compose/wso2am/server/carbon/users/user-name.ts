import { SUPER_TENANT_DOMAIN } from '../user-store.ts';

/** The user store domain of users that belong to no secondary store. */
export const PRIMARY_DOMAIN = 'PRIMARY';

/**
 * Name of a user of the super tenant's primary store, without tenant and store: `admin` of `admin@carbon.super` and
 * `PRIMARY/admin`. Undefined where the name belongs to another tenant or store, for which no user can exist here. As in the
 * product, whatever follows the last `@` is a tenant.
 */
export const localUserName = (username: string): string | undefined => {
  const at = username.lastIndexOf('@');
  if (at !== -1 && username.slice(at + 1).toLowerCase() !== SUPER_TENANT_DOMAIN) return undefined;
  const qualified = at === -1 ? username : username.slice(0, at);
  const slash = qualified.indexOf('/');
  if (slash !== -1 && qualified.slice(0, slash).toUpperCase() !== PRIMARY_DOMAIN) return undefined;
  return qualified.slice(slash + 1) || undefined;
};
