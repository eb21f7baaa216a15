import { DATABASE_INFERENCES } from './database-inference.ts';
import { type Consequences, type Inference, rowsFor, V31_V32 } from './inference-row.ts';
import { ROLE_INFERENCES } from './role-inference.ts';

const userStore = rowsFor('user_store.type');
const tenantManager = rowsFor('tenant_mgt.tenant_manager.type');
const mode = rowsFor('server.mode');
const receiver = rowsFor('transport.receiver.type');
const tokenHashing = rowsFor('apim.oauth_config.enable_token_hashing');

const jdbc = (className: string): Consequences => ({
  'user_store.class': `org.wso2.carbon.user.core.jdbc.${className}`,
  'user_store.properties.CaseInsensitiveUsername': true,
  'user_store.properties.PasswordDigest': 'SHA-256',
  'user_store.properties.StoreSaltedPassword': true,
  'tenant_mgt.tenant_manager.type': 'jdbc',
});

const ldap = (className: string): Consequences => ({
  'user_store.class': `org.wso2.carbon.user.core.ldap.${className}`,
  'user_store.properties.UserSearchBase': 'ou=Users,$ref{user_store.base_dn}',
  'user_store.properties.GroupSearchBase': 'ou=Groups,$ref{user_store.base_dn}',
});

/** Everything that follows from a key written in `deployment.toml` (`infer.json` of the product and of its kernel). */
export const INFERENCES: readonly Inference[] = [
  ...ROLE_INFERENCES,
  ...DATABASE_INFERENCES,

  // Class of the user store (configuration.md 5.1; the unique-id stores came with carbon-kernel 4.6.0).
  userStore('database', jdbc('JDBCUserStoreManager')),
  userStore('read_only_ldap', ldap('ReadOnlyLDAPUserStoreManager')),
  userStore('read_write_ldap', ldap('ReadWriteLDAPUserStoreManager')),
  userStore('active_directory', ldap('ActiveDirectoryUserStoreManager')),
  userStore('database_unique_id', jdbc('UniqueIDJDBCUserStoreManager'), V31_V32),
  userStore('read_only_ldap_unique_id', ldap('UniqueIDReadOnlyLDAPUserStoreManager'), V31_V32),
  userStore('read_write_ldap_unique_id', ldap('UniqueIDReadWriteLDAPUserStoreManager'), V31_V32),
  userStore('active_directory_unique_id', ldap('UniqueIDActiveDirectoryUserStoreManager'), V31_V32),
  tenantManager('jdbc', {
    'tenant_mgt.tenant_manager.class': 'org.wso2.carbon.user.core.tenant.JDBCTenantManager',
  }),

  // Event processor of the Traffic Manager (configuration.md 3.1, 5.1).
  mode('single', { 'event_processor.enable_single_mode': true, 'event_processor.enable_ha_mode': false }),
  mode('ha', { 'event_processor.enable_single_mode': false, 'event_processor.enable_ha_mode': true }),

  // `thrift` switches the binary receiver off, while the template keeps the thrift one off too (configuration.md 5.2).
  receiver('binary', { 'transport.binary.receiver.enable': true }),
  receiver('thrift', { 'transport.binary.receiver.enable': false }),

  tokenHashing('true', { 'oauth.hash_tokens_and_secrets': true }, V31_V32),
];
