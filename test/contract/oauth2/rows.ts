import { newSalt, passwordHash } from '../../../compose/wso2am/server/carbon/users/password-hash.ts';
import type { Database, SqlValue } from '../../../compose/wso2am/server/database/database.ts';
import type { Client } from './clients.ts';
import type { KeyManager } from './key-manager.ts';

const SUPER_TENANT = -1234;

const databaseOf = (km: KeyManager, name: 'apim' | 'shared'): Database => {
  const database = km.context.databases[name];
  if (!database) throw new Error(`no ${name} database`);
  return database;
};

/** Rows of `apim_db`. */
export const rows = (km: KeyManager, sql: string, values: readonly SqlValue[] = []) =>
  databaseOf(km, 'apim').query(sql, values);

/** Adds a row to `apim_db`. @returns its id */
export const insertRow = (
  km: KeyManager,
  table: string,
  columns: Readonly<Record<string, SqlValue>>,
): Promise<number> => insert(databaseOf(km, 'apim'), table, columns);

const insert = async (
  database: Database,
  table: string,
  columns: Readonly<Record<string, SqlValue>>,
): Promise<number> => {
  const names = Object.keys(columns);
  const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return (await database.execute(sql, Object.values(columns))).insertId;
};

/** Puts a user with the password `secret` into the user store, as the console would. */
export const addUser = async (km: KeyManager, name: string, hybridRoles: readonly string[]): Promise<void> => {
  const shared = databaseOf(km, 'shared');
  const salt = newSalt();
  await insert(shared, 'UM_USER', {
    UM_USER_NAME: name,
    UM_USER_PASSWORD: passwordHash('secret', salt),
    UM_SALT_VALUE: salt,
    UM_TENANT_ID: SUPER_TENANT,
  });
  for (const role of hybridRoles) {
    await shared.execute(
      `INSERT INTO UM_HYBRID_USER_ROLE (UM_USER_NAME, UM_ROLE_ID, UM_TENANT_ID, UM_DOMAIN_ID)
       SELECT ?, r.UM_ID, r.UM_TENANT_ID, d.UM_DOMAIN_ID FROM UM_HYBRID_ROLE r, UM_DOMAIN d
       WHERE r.UM_ROLE_NAME = ? AND d.UM_DOMAIN_NAME = 'PRIMARY'`,
      [name, role],
    );
  }
};

/** Puts an application of the portal behind a client, as "Generate Keys" would. @returns its id */
export const addApplication = async (
  km: KeyManager,
  client: Client,
  name: string,
  tokenType: string,
): Promise<number> => {
  const apim = databaseOf(km, 'apim');
  await apim.execute('INSERT IGNORE INTO AM_SUBSCRIBER (USER_ID, TENANT_ID) VALUES (?, ?)', ['admin', SUPER_TENANT]);
  const { insertId: id } = await apim.execute(
    `INSERT INTO AM_APPLICATION (NAME, SUBSCRIBER_ID, APPLICATION_TIER, TOKEN_TYPE)
     SELECT ?, SUBSCRIBER_ID, '10PerMin', ? FROM AM_SUBSCRIBER WHERE USER_ID = 'admin'`,
    [name, tokenType],
  );
  await insert(apim, 'AM_APPLICATION_KEY_MAPPING', {
    APPLICATION_ID: id,
    CONSUMER_KEY: client.id,
    KEY_TYPE: 'SANDBOX',
    STATE: 'COMPLETED',
  });
  return id;
};

/** Subscribes an application to an API of its own. @returns the id of the API */
export const addSubscription = async (
  km: KeyManager,
  application: number,
  api: string,
  tier: string,
): Promise<number> => {
  const apim = databaseOf(km, 'apim');
  const id = await insert(apim, 'AM_API', {
    API_PROVIDER: 'admin',
    API_NAME: api,
    API_VERSION: '1.0.0',
    CONTEXT: `/${api}/1.0.0`,
  });
  await insert(apim, 'AM_SUBSCRIPTION', {
    API_ID: id,
    APPLICATION_ID: application,
    TIER_ID: tier,
    SUB_STATUS: 'UNBLOCKED',
  });
  return id;
};

/** A subscription policy that limits bursts. */
export const addTier = async (km: KeyManager, name: string): Promise<void> => {
  await insert(databaseOf(km, 'apim'), 'AM_POLICY_SUBSCRIPTION', {
    NAME: name,
    TENANT_ID: SUPER_TENANT,
    QUOTA_TYPE: 'requestCount',
    QUOTA: 1000,
    UNIT_TIME: 1,
    TIME_UNIT: 'min',
    RATE_LIMIT_COUNT: 5,
    RATE_LIMIT_TIME_UNIT: 's',
    STOP_ON_QUOTA_REACH: 1,
  });
};

/** Gives an API a scope bound to roles, in the tables of the Key Manager's version. */
export const addApiScope = async (km: KeyManager, api: number, scope: string, roles: string): Promise<void> => {
  const apim = databaseOf(km, 'apim');
  const named = { NAME: scope, DISPLAY_NAME: scope, TENANT_ID: SUPER_TENANT };
  if (km.version === '3.2.0') {
    const id = await insert(apim, 'AM_SCOPE', { ...named, SCOPE_TYPE: 'OAUTH2' });
    const mapping = await insert(apim, 'AM_API_URL_MAPPING', { API_ID: api, HTTP_METHOD: 'GET', URL_PATTERN: '/*' });
    const used = { SCOPE_NAME: scope, URL_MAPPING_ID: mapping, TENANT_ID: SUPER_TENANT };
    await insert(apim, 'AM_API_RESOURCE_SCOPE_MAPPING', used);
    if (roles) await insert(apim, 'AM_SCOPE_BINDING', { SCOPE_ID: id, SCOPE_BINDING: roles, BINDING_TYPE: 'DEFAULT' });
  } else {
    const id = await insert(apim, 'IDN_OAUTH2_SCOPE', named);
    await insert(apim, 'AM_API_SCOPES', { API_ID: api, SCOPE_ID: id });
    if (roles) await insert(apim, 'IDN_OAUTH2_SCOPE_BINDING', { SCOPE_ID: id, SCOPE_BINDING: roles });
  }
};
