import { describe, expect, it } from 'vitest';
import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import { load } from './deployment.ts';

const withRole = (version: Version, server_role: string) =>
  load({ server: { node_ip: '127.0.0.1', server_role } }, { version });

/** Columns of configuration.md 2.5; true where nothing is inferred, because the default is true. */
const FLAGS = [
  'apim.throttling.enable_policy_deploy',
  'apim.throttling.enable_data_publishing',
  'apim.throttling.enable_decision_connection',
  'apim.throttling.enable_blacklist_condition',
  'transport.ws.sender.enable',
  'transport.wss.sender.enable',
  'indexing.enable',
];

const T = true;
const F = false;

const BY_ROLE: readonly (readonly [string, readonly Version[], readonly boolean[]])[] = [
  ['gateway-worker', VERSIONS, [F, T, T, T, T, T, F]],
  ['api-key-manager', VERSIONS, [F, F, F, F, F, F, F]],
  ['api-publisher', VERSIONS, [T, T, F, F, F, F, T]],
  ['api-store', ['3.0.0'], [F, F, F, F, F, F, T]],
  ['api-devportal', ['3.1.0', '3.2.0'], [F, F, F, F, F, F, T]],
  ['traffic-manager', ['3.0.0', '3.1.0'], [T, T, T, T, T, T, T]],
  ['traffic-manager', ['3.2.0'], [F, F, F, F, T, T, T]],
  ['default', VERSIONS, [T, T, T, T, T, T, T]],
  ['api-devportal', ['3.0.0'], [T, T, T, T, T, T, T]],
  ['api-store', ['3.1.0', '3.2.0'], [T, T, T, T, T, T, T]],
];

describe('what a role implies', () => {
  it.each(BY_ROLE)('%s in %j', (role, versions, expected) => {
    for (const version of versions) {
      const configuration = withRole(version, role);

      expect(FLAGS.map((flag) => configuration.flag(flag))).toEqual(expected);
    }
  });

  it.each([
    ['gateway-worker', false, true],
    ['api-key-manager', false, false],
    ['api-publisher', false, true],
    ['api-devportal', false, true],
    ['traffic-manager', true, false],
    ['default', true, true],
  ])('in 3.2.0, for registering and retrieving Key Managers: %s', (role, registers, retrieves) => {
    const configuration = withRole('3.2.0', role);

    expect(configuration.flag('apim.key_manager.enable_registration')).toBe(registers);
    expect(configuration.flag('apim.key_manager.enable_retriever')).toBe(retrieves);
    expect(withRole('3.1.0', role).has('apim.key_manager.enable_registration')).toBe(false);
  });

  it('sets a token generator for the Key Manager and for all in one, and for nobody else', () => {
    const having = ['api-key-manager', 'api-publisher', 'gateway-worker', 'traffic-manager', 'default'].filter((role) =>
      withRole('3.0.0', role).has('oauth.extensions.token_generator'),
    );

    expect(having).toEqual(['api-key-manager', 'default']);
  });

  it('gives way to what the file says', () => {
    const configuration = load({
      server: { node_ip: '127.0.0.1', server_role: 'api-key-manager' },
      'apim.throttling': { enable_data_publishing: true },
    });

    expect(configuration.flag('apim.throttling.enable_data_publishing')).toBe(true);
    expect(configuration.flag('apim.throttling.enable_policy_deploy')).toBe(false);
  });
});

describe('what a type of database implies', () => {
  const parts = { hostname: 'db', port: 1521, name: 'n', sid: 'XE', username: 'u', password: 'p' };

  it.each([
    ['mysql', 'com.mysql.jdbc.Driver', 'jdbc:mysql://db:1521/n', 'SELECT 1'],
    ['oracle', 'oracle.jdbc.OracleDriver', 'jdbc:oracle:thin:@db:1521/XE', 'SELECT 1 FROM DUAL'],
    ['mssql', 'com.microsoft.sqlserver.jdbc.SQLServerDriver', 'jdbc:sqlserver://db:1521;databaseName=n;', 'SELECT 1'],
    ['db2', 'com.ibm.db2.jcc.DB2Driver', 'jdbc:db2://db:1521/n', 'SELECT 1 FROM sysibm.sysdummy1'],
    ['postgre', 'org.postgresql.Driver', 'jdbc:postgresql://db:1521/n', 'SELECT 1; COMMIT'],
    ['h2', 'org.h2.Driver', 'jdbc:h2:./repository/database/WSO2CARBON_DB;', 'SELECT 1'],
  ])('%s', (type, driver, url, validationQuery) => {
    for (const version of VERSIONS) {
      const configuration = load({ 'database.user': { type, ...parts } }, { version });

      expect(configuration.text('database.user.driver')).toBe(driver);
      expect(configuration.text('database.user.url')).toContain(url);
      expect(configuration.text('database.user.validationQuery')).toBe(validationQuery);
    }
  });

  it.each([
    ['3.0.0', 'WSO2AM_DB'],
    ['3.1.0', 'WSO2CARBON_DB'],
    ['3.2.0', 'WSO2CARBON_DB'],
  ] as const)('an apim_db of type h2 in %s is the file %s', (version, file) => {
    expect(load({ 'database.apim_db': { type: 'h2' } }, { version }).text('database.apim_db.url')).toContain(file);
  });

  it('nothing for an apim_db of type oracle in 3.0.0, which stays on the local file', () => {
    const tables = { 'database.apim_db': { type: 'oracle', ...parts } };

    expect(load(tables).text('database.apim_db.driver')).toBe('org.h2.Driver');
    expect(load(tables, { version: '3.1.0' }).text('database.apim_db.driver')).toBe('oracle.jdbc.OracleDriver');
  });

  it('less than an explicit driver or URL', () => {
    const configuration = load({
      'database.apim_db': { type: 'mysql', driver: 'com.mysql.cj.jdbc.Driver', url: 'jdbc:mysql://db/x' },
    });

    expect(configuration.text('database.apim_db.driver')).toBe('com.mysql.cj.jdbc.Driver');
    expect(configuration.text('database.apim_db.url')).toBe('jdbc:mysql://db/x');
  });

  it('nothing when its name is more than letters, digits and underscores', () => {
    expect(load({ 'database.my-db': { type: 'mysql' } }).has('database.my-db.url')).toBe(false);
  });
});

describe('what a user store implies', () => {
  it.each([
    ['3.0.0', 'database', 'jdbc.JDBCUserStoreManager'],
    ['3.1.0', 'database_unique_id', 'jdbc.UniqueIDJDBCUserStoreManager'],
    ['3.2.0', 'database_unique_id', 'jdbc.UniqueIDJDBCUserStoreManager'],
  ] as const)('in %s, type %s', (version, type, className) => {
    const configuration = load({ user_store: { type } }, { version });

    expect(configuration.text('user_store.class')).toBe(`org.wso2.carbon.user.core.${className}`);
  });

  it('goes on: its tenant manager implies a class', () => {
    expect(load().text('tenant_mgt.tenant_manager.class')).toContain('JDBCTenantManager');
  });

  it('needs the base of an LDAP tree, by reference', () => {
    expect(() => load({ user_store: { type: 'read_only_ldap', connection_url: 'ldap://l' } })).toThrow(
      "Configuration with key user_store.base_dn doesn't exist",
    );
  });
});

it('a receiver of type thrift switches the binary one off', () => {
  expect(load({ 'transport.receiver': { type: 'thrift' } }).flag('transport.binary.receiver.enable')).toBe(false);
  expect(load().flag('transport.binary.receiver.enable')).toBe(true);
});
