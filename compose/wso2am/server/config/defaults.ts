import type { Version } from '../../../../lab/product/versions.ts';
import { COMMON_DEFAULTS, type Default, OWN_SERVICES } from './common-defaults.ts';
import { before32, only32, type PerVersion, since31 } from './per-version.ts';
import type { Keys } from './values.ts';

/** Defaults that differ between the versions or exist in some only. */
const DIFFERING: Readonly<Record<string, PerVersion<Default>>> = {
  'apim.key_manager.pool.max_idle': before32('100'),
  'apim.key_manager.pool.init_idle_capacity': before32('50'),
  'apim.key_manager.enable': only32(true),
  'apim.key_manager.enable_registration': only32(true),
  'apim.key_manager.enable_retriever': only32(true),
  'apim.key_manager.type': only32('default'),
  'apim.key_manager.enable_provisioned_app_validation': only32(true),
  'apim.auth_manager.service_url': only32(OWN_SERVICES),

  'apim.oauth_config.revoke_endpoint': {
    ...before32(`https://localhost:\${https.nio.port}/revoke`),
    ...only32(`https://localhost:\${mgt.transport.https.port}/oauth2/revoke`),
  },
  'apim.oauth_config.default_app_scope': before32('am_application_scope'),
  'apim.oauth_config.white_listed_scopes': before32(['^device_.*', 'openid']),
  'apim.oauth_config.allowed_scopes': only32(['^device_.*', 'openid']),
  'apim.oauth_config.token_endpoint_context': only32('/token'),
  'apim.oauth_config.revoke_endpoint_context': only32('/revoke'),

  // Event hub (5.7). The service URL is a fall-back of the template; a reference does the same.
  'apim.event_hub.enable': only32(true),
  'apim.event_hub.service_url': only32('$ref{apim.throttling.service_url}'),
  'apim.event_hub.username': only32('$ref{apim.throttling.username}'),
  'apim.event_hub.password': only32('$ref{apim.throttling.password}'),

  'indexing.location': since31('../../../../solr/data'),
  'broker.transport.amqp.default_connection.port': since31('5672'),
  'broker.transport.amqp.ssl_connection.port': since31('8672'),
  'database.local.url': since31('jdbc:h2:./repository/database/WSO2CARBON_DB;DB_CLOSE_ON_EXIT=FALSE;MVCC=TRUE'),
  'database.local.username': only32('wso2carbon'),
  'database.local.password': only32('wso2carbon'),
  'database.local.driver': only32('org.h2.Driver'),
};

/** What a version fills in for keys neither written nor inferred (configuration.md 4.1, step 4; `default.json`). */
export const defaultsOf = (version: Version): Keys => {
  const defaults = new Map<string, Default>(Object.entries(COMMON_DEFAULTS));
  for (const [key, cell] of Object.entries(DIFFERING)) {
    const value = cell[version];
    if (value !== undefined) defaults.set(key, value);
  }
  return defaults;
};
