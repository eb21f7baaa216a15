import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import type { Scalar } from './values.ts';

/** "When this key has this value, these follow." `$1` stands for one part of a key, of letters, digits and `_`. */
export type Inference = {
  readonly when: string;
  readonly is: string;
  readonly set: Readonly<Record<string, Scalar>>;
  readonly versions: readonly Version[];
};

const V30: readonly Version[] = ['3.0.0'];
const V30_V31: readonly Version[] = ['3.0.0', '3.1.0'];
const V31_V32: readonly Version[] = ['3.1.0', '3.2.0'];
const V32: readonly Version[] = ['3.2.0'];

const row = (
  when: string,
  is: string,
  set: Readonly<Record<string, Scalar>>,
  versions: readonly Version[] = VERSIONS,
): Inference => ({ when, is, set, versions });

/** Order of the arguments is that of the table in configuration.md 2.5. */
const throttling = (deploy: boolean, publish: boolean, decisions: boolean, blacklist: boolean) => ({
  'apim.throttling.enable_policy_deploy': deploy,
  'apim.throttling.enable_data_publishing': publish,
  'apim.throttling.enable_decision_connection': decisions,
  'apim.throttling.enable_blacklist_condition': blacklist,
});

const keyManager = (register: boolean, retrieve?: boolean) => ({
  'apim.key_manager.enable_registration': register,
  ...(retrieve === undefined ? {} : { 'apim.key_manager.enable_retriever': retrieve }),
});

const NO_SOCKETS = { 'transport.ws.sender.enable': false, 'transport.wss.sender.enable': false };
const NO_INDEX = { 'indexing.enable': false };

/** Becomes the OSGi profile of the next start (configuration.md 2.1). */
const profile = (name: string) => ({ 'system.parameter.profile': name });

const tokenGenerator = (issuer: string) => ({ 'oauth.extensions.token_generator': issuer });
const APIM_ISSUER = tokenGenerator('org.wso2.carbon.apimgt.keymgt.issuers.APIMTokenIssuer');
const IDENTITY_ISSUER = tokenGenerator('org.wso2.carbon.identity.oauth2.token.OauthTokenIssuerImpl');

/** Flags of a role (configuration.md 2.5). A role that is not here infers nothing, as `api-devportal` in 3.0.0. */
const ROLES: readonly Inference[] = [
  row('server.server_role', 'gateway-worker', {
    ...throttling(false, true, true, true),
    ...NO_INDEX,
    ...profile('gateway-worker'),
  }),
  row('server.server_role', 'gateway-worker', keyManager(false), V32),

  row('server.server_role', 'api-key-manager', {
    ...throttling(false, false, false, false),
    ...NO_SOCKETS,
    ...NO_INDEX,
    ...profile('api-key-manager'),
  }),
  row('server.server_role', 'api-key-manager', APIM_ISSUER, V30_V31),
  row('server.server_role', 'api-key-manager', { ...IDENTITY_ISSUER, ...keyManager(false, false) }, V32),

  row('server.server_role', 'api-publisher', {
    ...throttling(true, true, false, false),
    ...NO_SOCKETS,
    ...profile('api-publisher'),
  }),
  row('server.server_role', 'api-publisher', keyManager(false, true), V32),

  row(
    'server.server_role',
    'api-store',
    { ...throttling(false, false, false, false), ...NO_SOCKETS, ...profile('api-store') },
    V30,
  ),
  row(
    'server.server_role',
    'api-devportal',
    { ...throttling(false, false, false, false), ...NO_SOCKETS, ...profile('api-devportal') },
    V31_V32,
  ),
  row('server.server_role', 'api-devportal', keyManager(false, true), V32),

  row('server.server_role', 'traffic-manager', profile('traffic-manager')),
  row(
    'server.server_role',
    'traffic-manager',
    { ...throttling(false, false, false, false), ...keyManager(true, false) },
    V32,
  ),

  row('server.server_role', 'default', APIM_ISSUER, V30_V31),
  row('server.server_role', 'default', IDENTITY_ISSUER, V32),
];

const database = (key: string, driver: string, url: string, validationQuery: string) => ({
  [`${key}.driver`]: driver,
  [`${key}.url`]: url,
  [`${key}.validationQuery`]: validationQuery,
});

/** `jdbc:mysql://<hostname>:<port>/<name>`: each part is a reference, so one left out stops the start. */
const address = (key: string) => `$ref{${key}.hostname}:$ref{${key}.port}`;
const name = (key: string) => `$ref{${key}.name}`;

const mysql = (key: string) =>
  database(key, 'com.mysql.jdbc.Driver', `jdbc:mysql://${address(key)}/${name(key)}`, 'SELECT 1');
const h2 = (key: string, file: string) =>
  database(
    key,
    'org.h2.Driver',
    `jdbc:h2:./repository/database/${file};DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000`,
    'SELECT 1',
  );

const ANY = 'database.$1';
const APIM = 'database.apim_db';

/**
 * Driver and URL by type (configuration.md 7). 3.0.0 has rows of its own for apim_db, and only these two: an exact key
 * hides the pattern, so `oracle` infers nothing there (product-apim v3.0.0 `infer.json`).
 */
const DATABASES: readonly Inference[] = [
  row(`${APIM}.type`, 'mysql', mysql(APIM), V30),
  row(`${APIM}.type`, 'h2', h2(APIM, 'WSO2AM_DB'), V30),
  row(`${ANY}.type`, 'mysql', mysql(ANY)),
  row(`${ANY}.type`, 'h2', h2(ANY, 'WSO2CARBON_DB')),
  row(
    `${ANY}.type`,
    'oracle',
    database(
      ANY,
      'oracle.jdbc.OracleDriver',
      `jdbc:oracle:thin:@${address(ANY)}/$ref{${ANY}.sid}`,
      'SELECT 1 FROM DUAL',
    ),
  ),
  row(
    `${ANY}.type`,
    'mssql',
    database(
      ANY,
      'com.microsoft.sqlserver.jdbc.SQLServerDriver',
      `jdbc:sqlserver://${address(ANY)};databaseName=${name(ANY)};SendStringParametersAsUnicode=false`,
      'SELECT 1',
    ),
  ),
  row(
    `${ANY}.type`,
    'db2',
    database(
      ANY,
      'com.ibm.db2.jcc.DB2Driver',
      `jdbc:db2://${address(ANY)}/${name(ANY)}`,
      'SELECT 1 FROM sysibm.sysdummy1',
    ),
  ),
  row(
    `${ANY}.type`,
    'postgre',
    database(ANY, 'org.postgresql.Driver', `jdbc:postgresql://${address(ANY)}/${name(ANY)}`, 'SELECT 1; COMMIT'),
  ),
];

const JDBC_STORE = {
  'user_store.properties.CaseInsensitiveUsername': true,
  'user_store.properties.PasswordDigest': 'SHA-256',
  'user_store.properties.StoreSaltedPassword': true,
  'tenant_mgt.tenant_manager.type': 'jdbc',
};
const LDAP_STORE = {
  'user_store.properties.UserSearchBase': 'ou=Users,$ref{user_store.base_dn}',
  'user_store.properties.GroupSearchBase': 'ou=Groups,$ref{user_store.base_dn}',
};
const store = (className: string) => ({ 'user_store.class': `org.wso2.carbon.user.core.${className}UserStoreManager` });

/** Class of the user store (configuration.md 5.1; carbon-kernel 4.5.1 and 4.6.0 `infer.json`). */
const USER_STORES: readonly Inference[] = [
  row('user_store.type', 'database', { ...store('jdbc.JDBC'), ...JDBC_STORE }),
  row('user_store.type', 'read_only_ldap', { ...store('ldap.ReadOnlyLDAP'), ...LDAP_STORE }),
  row('user_store.type', 'read_write_ldap', { ...store('ldap.ReadWriteLDAP'), ...LDAP_STORE }),
  row('user_store.type', 'active_directory', { ...store('ldap.ActiveDirectory'), ...LDAP_STORE }),
  row('user_store.type', 'database_unique_id', { ...store('jdbc.UniqueIDJDBC'), ...JDBC_STORE }, V31_V32),
  row('user_store.type', 'read_only_ldap_unique_id', { ...store('ldap.UniqueIDReadOnlyLDAP'), ...LDAP_STORE }, V31_V32),
  row(
    'user_store.type',
    'read_write_ldap_unique_id',
    { ...store('ldap.UniqueIDReadWriteLDAP'), ...LDAP_STORE },
    V31_V32,
  ),
  row(
    'user_store.type',
    'active_directory_unique_id',
    { ...store('ldap.UniqueIDActiveDirectory'), ...LDAP_STORE },
    V31_V32,
  ),
  row('tenant_mgt.tenant_manager.type', 'jdbc', {
    'tenant_mgt.tenant_manager.class': 'org.wso2.carbon.user.core.tenant.JDBCTenantManager',
  }),
];

const OTHERS: readonly Inference[] = [
  row('server.mode', 'single', { 'event_processor.enable_single_mode': true, 'event_processor.enable_ha_mode': false }),
  row('server.mode', 'ha', { 'event_processor.enable_single_mode': false, 'event_processor.enable_ha_mode': true }),
  // `thrift` switches the binary receiver off while a template keeps the thrift one off (configuration.md 3.1, 5.2).
  row('transport.receiver.type', 'binary', { 'transport.binary.receiver.enable': true }),
  row('transport.receiver.type', 'thrift', { 'transport.binary.receiver.enable': false }),
  row('apim.oauth_config.enable_token_hashing', 'true', { 'oauth.hash_tokens_and_secrets': true }, V31_V32),
];

/** Everything that follows from a key written in `deployment.toml` (`infer.json` of the product and the kernel). */
export const INFERENCES: readonly Inference[] = [...ROLES, ...DATABASES, ...USER_STORES, ...OTHERS];
