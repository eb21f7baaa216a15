import { type Inference, rowsFor, V30, V30_V31, V31_V32, V32 } from './inference-row.ts';

const role = rowsFor('server.server_role');

/** The order of the arguments is that of the table in configuration.md 2.5. */
const throttling = (deploy: boolean, publish: boolean, decisions: boolean, blacklist: boolean) => ({
  'apim.throttling.enable_policy_deploy': deploy,
  'apim.throttling.enable_data_publishing': publish,
  'apim.throttling.enable_decision_connection': decisions,
  'apim.throttling.enable_blacklist_condition': blacklist,
});
const NO_THROTTLING = throttling(false, false, false, false);

const NO_SOCKETS = { 'transport.ws.sender.enable': false, 'transport.wss.sender.enable': false };
const NO_INDEX = { 'indexing.enable': false };

const register = (enabled: boolean) => ({ 'apim.key_manager.enable_registration': enabled });
const retrieve = (enabled: boolean) => ({ 'apim.key_manager.enable_retriever': enabled });

/** Becomes the OSGi profile of the next start (configuration.md 2.1). */
const profile = (name: string) => ({ 'system.parameter.profile': name });

const issuer = (className: string) => ({ 'oauth.extensions.token_generator': className });
const APIM_ISSUER = issuer('org.wso2.carbon.apimgt.keymgt.issuers.APIMTokenIssuer');
const IDENTITY_ISSUER = issuer('org.wso2.carbon.identity.oauth2.token.OauthTokenIssuerImpl');

/**
 * Flags of a role (configuration.md 2.5; product-apim `infer.json`). A name that is not here infers nothing and raises no
 * error: `api-devportal` in 3.0.0, `api-store` from 3.1.0 on.
 */
export const ROLE_INFERENCES: readonly Inference[] = [
  role('gateway-worker', { ...throttling(false, true, true, true), ...NO_INDEX, ...profile('gateway-worker') }),
  role('gateway-worker', register(false), V32),

  role('api-key-manager', { ...NO_THROTTLING, ...NO_SOCKETS, ...NO_INDEX, ...profile('api-key-manager') }),
  role('api-key-manager', APIM_ISSUER, V30_V31),
  role('api-key-manager', { ...IDENTITY_ISSUER, ...register(false), ...retrieve(false) }, V32),

  role('api-publisher', { ...throttling(true, true, false, false), ...NO_SOCKETS, ...profile('api-publisher') }),
  role('api-publisher', { ...register(false), ...retrieve(true) }, V32),

  role('api-store', { ...NO_THROTTLING, ...NO_SOCKETS, ...profile('api-store') }, V30),
  role('api-devportal', { ...NO_THROTTLING, ...NO_SOCKETS, ...profile('api-devportal') }, V31_V32),
  role('api-devportal', { ...register(false), ...retrieve(true) }, V32),

  role('traffic-manager', profile('traffic-manager')),
  role('traffic-manager', { ...NO_THROTTLING, ...register(true), ...retrieve(false) }, V32),

  role('default', APIM_ISSUER, V30_V31),
  role('default', IDENTITY_ISSUER, V32),
];
