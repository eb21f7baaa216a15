/** Id of the super tenant, as in the `UM_TENANT_ID` and `TENANT_ID` columns. */
export const SUPER_TENANT_ID = -1234;
export const SUPER_TENANT_DOMAIN = 'carbon.super';

/** A user of the primary user store of the super tenant. */
export type User = {
  /** `admin`, without tenant. */
  readonly name: string;
  /** Roles of both kinds; hybrid ones carry their prefix: `Internal/subscriber`. */
  readonly roles: readonly string[];
};

/** Users and roles as they stand in the UM_* tables of the shared database (wire.md 8.2). */
export type UserStore = {
  /** The user when the password fits. The name may carry the tenant: `admin@carbon.super`. */
  authenticate(username: string, password: string): Promise<User | undefined>;
  find(username: string): Promise<User | undefined>;
};
