import type { Tables } from './deployment.ts';

/*
 * The five samples of the documentation's page on distributed deployment (3.0.0), as facts: node by node the tables it
 * configures, put together from what they have in common.
 */

const server = (label: string, role: string, offset: number) => ({
  hostname: `${label}.wso2.com`,
  node_ip: '127.0.0.1',
  server_role: role,
  offset,
});

const COMMON: Tables = {
  user_store: { type: 'database' },
  super_admin: { username: 'admin', password: 'admin', create_admin_account: true },
  'keystore.tls': {
    file_name: 'wso2carbon.jks',
    type: 'JKS',
    password: 'wso2carbon',
    alias: 'wso2carbon',
    key_password: 'wso2carbon',
  },
  truststore: { file_name: 'client-truststore.jks', type: 'JKS', password: 'wso2carbon' },
};

const mysql = (name: string): Tables => ({
  [`database.${name}`]: {
    type: 'mysql',
    hostname: 'db.wso2.com',
    name,
    port: '3306',
    username: 'root',
    password: 'root',
  },
});

const RUN_TIME_ADMIN = { username: `\${admin.username}`, password: `\${admin.password}` };
const RENDER_TIME_ADMIN = { username: '$ref{super_admin.username}', password: '$ref{super_admin.password}' };

const gateway = (more: Readonly<Record<string, string | boolean>>): Tables => ({
  'apim.gateway.environment': [
    {
      name: 'Production and Sandbox',
      type: 'hybrid',
      display_in_api_console: true,
      description: 'This is a hybrid gateway that handles both production and sandbox token traffic.',
      service_url: 'https://gw.wso2.com:9447/services/',
      ...RUN_TIME_ADMIN,
      ...more,
    },
  ],
});

const PASSTHROUGH = { http_endpoint: 'http://gw.wso2.com:8284', https_endpoint: 'https://gw.wso2.com:8247' };
const KEY_MANAGER_URL = 'https://km.wso2.com:9443/services/';
const DECISIONS = { throttle_decision_endpoints: ['tcp://tm.wso2.com:5675'] };
const URL_GROUP: Tables = {
  'apim.throttling.url_group': [
    { traffic_manager_urls: ['tcp://tm.wso2.com:9614'], traffic_manager_auth_urls: ['ssl://tm.wso2.com:9714'] },
  ],
};

export const SAMPLES = {
  'Key Manager': {
    server: server('km', 'api-key-manager', 0),
    ...COMMON,
    ...mysql('apim_db'),
    ...mysql('shared_db'),
    ...gateway({}),
    ...URL_GROUP,
  },
  'Traffic Manager': {
    server: server('tm', 'traffic-manager', 3),
    ...COMMON,
    'database.shared_db': {
      type: 'h2',
      url: 'jdbc:h2:./repository/database/WSO2SHARED_DB;DB_CLOSE_ON_EXIT=FALSE',
      username: 'wso2carbon',
      password: 'wso2carbon',
    },
  },
  Publisher: {
    server: server('pub', 'api-publisher', 1),
    ...COMMON,
    ...mysql('apim_db'),
    ...mysql('shared_db'),
    ...gateway(PASSTHROUGH),
    'apim.throttling': { service_url: 'https://tm.wso2.com:9446/services/', ...DECISIONS, ...RENDER_TIME_ADMIN },
    ...URL_GROUP,
    'apim.devportal': { url: 'https://store.wso2.com:9445/devportal' },
  },
  'Developer Portal': {
    server: server('store', 'api-store', 2),
    ...COMMON,
    ...mysql('apim_db'),
    ...mysql('shared_db'),
    ...gateway({ ...PASSTHROUGH, ws_endpoint: 'ws://gw.wso2.com:9099', show_as_token_endpoint_url: true }),
    'apim.key_manager': { service_url: KEY_MANAGER_URL, ...RENDER_TIME_ADMIN },
    'apim.oauth_config': { revoke_endpoint: 'https://gw.wso2.com:8247/revoke' },
  },
  Gateway: {
    server: server('gw', 'gateway-worker', 4),
    ...COMMON,
    ...mysql('shared_db'),
    'apim.key_manager': { service_url: KEY_MANAGER_URL },
    'apim.throttling': DECISIONS,
    ...URL_GROUP,
    'apim.cors': {
      allow_origins: '*',
      allow_methods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
      allow_headers: ['authorization', 'Access-Control-Allow-Origin', 'Content-Type', 'SOAPAction'],
      allow_credentials: false,
    },
  },
} as const satisfies Readonly<Record<string, Tables>>;
