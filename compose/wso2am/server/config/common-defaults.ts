import type { Scalar } from './values.ts';

export type Default = Scalar | readonly string[];

/** Admin services of this node; the default partner of everything that has no partner named. */
export const OWN_SERVICES = `https://localhost:\${mgt.transport.https.port}\${carbon.context}services/`;

/** A key store that is described nowhere is the primary one (configuration.md 8). */
const likePrimary = (store: 'tls' | 'internal'): Readonly<Record<string, string>> => {
  const keys = ['file_name', 'type', 'password', 'alias', 'key_password'];
  return Object.fromEntries(keys.map((key) => [`keystore.${store}.${key}`, `$ref{keystore.primary.${key}}`]));
};

/** Defaults that 3.0.0, 3.1.0 and 3.2.0 share (`default.json` of product-apim, carbon-apimgt and carbon-kernel). */
export const COMMON_DEFAULTS: Readonly<Record<string, Default>> = {
  // Server, admin, user store (configuration.md 5.1).
  'server.offset': 0,
  'server.mode': 'single',
  'server.base_path': `\${carbon.protocol}://\${carbon.host}:\${carbon.management.port}`,
  // The kernel says "15m"; the product's own file wins with a bare number of the unit expected, minutes.
  'server.default_cache_timeout': '15',
  'server.force_local_cache': true,
  'super_admin.create_admin_account': true,
  'super_admin.admin_role': 'admin',
  // Comes after inference, so a file without it ends up without `user_store.class`.
  'user_store.type': 'database',
  'realm_manager.data_source': 'SHARED_DB',

  // What makes keys mandatory (configuration.md 4.4): nothing but these references.
  'clustering.local_member_host': '$ref{server.node_ip}',
  'governance_data.cache_id': '$ref{database.shared_db.username}@$ref{database.shared_db.url}',
  'config_data.cache_id': '$ref{governance_data.cache_id}',
  'apim.throttling.username': '$ref{super_admin.username}',
  'apim.throttling.password': '$ref{super_admin.password}',

  // Transports and ports (3.1, 5.2). 3.0.0 keeps the passthrough parameters as whole maps, which may or may not hide a
  // port set by the user (4.6); the simulator lets the user's port through in every version.
  'transport.https.properties.port': '9443',
  'transport.http.properties.port': '9763',
  'transport.passthru_http.listener.parameters.port': '8280',
  'transport.passthru_https.listener.parameters.port': '8243',
  'transport.passthru_https.listener.parameters.SSLVerifyClient': 'optional',
  'transport.ws.sender.enable': true,
  'transport.wss.sender.enable': true,
  'transport.receiver.type': 'binary',
  'transport.binary.receiver.enable': true,
  'transport.binary.receiver.tcpPort': '9611',
  'transport.binary.receiver.sslPort': '9711',
  'clustering.local_member_port': '4000',
  'monitoring.jmx.rmi_registry_port': '9999',
  'monitoring.jmx.rmi_server_port': '11111',
  'monitoring.jmx.rmi_hostname': 'localhost',

  // Key Manager connection (5.4).
  'apim.key_manager.service_url': OWN_SERVICES,
  'apim.key_manager.username': `\${admin.username}`,
  'apim.key_manager.password': `\${admin.password}`,

  // OAuth (5.5; validities: wire.md 1.3).
  'apim.oauth_config.enable_outbound_auth_header': false,
  'apim.oauth_config.enable_token_encryption': false,
  'apim.oauth_config.enable_token_hashing': false,
  'oauth.token_validation.authorization_code_validity': '300',
  'oauth.token_validation.user_access_token_validity': '3600',
  'oauth.token_validation.app_access_token_validity': '3600',
  'oauth.token_validation.refresh_token_validity': '1d',

  // Throttling (5.6).
  'apim.throttling.receiver_username': '$ref{apim.throttling.username}',
  'apim.throttling.receiver_password': '$ref{apim.throttling.password}',
  'apim.throttling.policy_deploy.username': '$ref{apim.throttling.username}',
  'apim.throttling.policy_deploy.password': '$ref{apim.throttling.password}',
  'apim.throttling.jms.username': '$ref{apim.throttling.username}',
  'apim.throttling.jms.password': '$ref{apim.throttling.password}',
  'apim.throttling.service_url': OWN_SERVICES,
  'apim.throttling.enable_policy_deploy': true,
  'apim.throttling.enable_data_publishing': true,
  'apim.throttling.enable_decision_connection': true,
  'apim.throttling.enable_blacklist_condition': true,
  'apim.throttling.publisher.max_idle': '1000',
  'apim.throttling.publisher.init_idle_size': '200',
  'apim.throttling.publisher.pool_size': '200',
  'apim.throttling.publisher.max_pool_size': '1000',
  'apim.throttling.publisher.keep_alive_time': '200s',
  'apim.throttling.enable_unlimited_tier': true,
  'apim.throttling.enable_header_based_throttling': false,
  'apim.throttling.enable_jwt_claim_based_throttling': false,
  'apim.throttling.enable_query_param_based_throttling': false,

  // Others (5.8).
  'apim.devportal.url': `https://localhost:\${mgt.transport.https.port}/devportal`,
  'apim.devportal.api_key_alias': 'gateway_certificate_alias',
  'apim.cors.allow_origins': '*',
  'apim.cors.allow_methods': 'GET,PUT,POST,DELETE,PATCH,OPTIONS',
  'apim.cors.allow_headers': 'authorization,Access-Control-Allow-Origin,Content-Type,SOAPAction',
  'apim.cors.allow_credentials': false,
  'apim.analytics.enable': false,
  'apim.analytics.store_api_url': 'https://localhost:7444',
  'apim.jwt.enable': false,
  'apim.token.revocation.enable_realtime_notifier': true,
  'apim.token.revocation.realtime_notifier.ttl': '5000',
  'apim.monetization.publish_duration': '1d',
  'indexing.enable': true,

  // Datasources (7): without type and url apim_db is a local H2 file.
  'database.apim_db.url':
    'jdbc:h2:./repository/database/WSO2AM_DB;DB_CLOSE_ON_EXIT=FALSE;AUTO_SERVER=TRUE;LOCK_TIMEOUT=60000;MVCC=TRUE',
  'database.apim_db.driver': 'org.h2.Driver',
  'database.apim_db.username': 'wso2carbon',
  'database.apim_db.password': 'wso2carbon',
  'database.apim_db.validationQuery': 'SELECT 1',
  'database.apim_db.pool_options.maxActive': '50',
  'database.apim_db.pool_options.maxWait': '60000',
  'database.apim_db.pool_options.testOnBorrow': 'true',
  'database.apim_db.pool_options.validationInterval': '30000',
  'database.apim_db.pool_options.defaultAutoCommit': 'true',
  'database.shared_db.pool_options.maxActive': '50',
  'database.shared_db.pool_options.maxWait': '60000',
  'database.shared_db.pool_options.testOnBorrow': 'true',
  'database.shared_db.pool_options.validationInterval': '30000',
  'database.shared_db.pool_options.defaultAutoCommit': 'true',

  // Key stores and trust store (8).
  'keystore.primary.file_name': 'wso2carbon.jks',
  'keystore.primary.type': 'JKS',
  'keystore.primary.password': 'wso2carbon',
  'keystore.primary.alias': 'wso2carbon',
  'keystore.primary.key_password': 'wso2carbon',
  ...likePrimary('tls'),
  ...likePrimary('internal'),
  'truststore.file_name': 'client-truststore.jks',
  'truststore.type': 'JKS',
  'truststore.password': 'wso2carbon',
};
