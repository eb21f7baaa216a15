import type { Configuration } from '../config/configuration.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import type { GatewayCall } from './gateway-call.ts';
import { perApi } from './per-api.ts';

export const AUTHENTICATION_HANDLER = 'APIAuthenticationHandler';

/** Security schemes of an API: `oauth2`, `basic_auth`, `api_key`... (wire.md 7.2, `securityScheme`). */
export const schemesOf = perApi((api): readonly string[] => {
  const written = handlerOf(api, AUTHENTICATION_HANDLER)?.properties.APISecurity;
  return written === undefined ? ['oauth2'] : written.split(',').map((scheme) => scheme.trim());
});

/** Whether an API asks who calls. */
export const asksForCallers = perApi((api) => handlerOf(api, AUTHENTICATION_HANDLER) !== undefined);

/** The policy of the whole API; empty where its resources have policies of their own. */
export const levelPolicyOf = perApi((api) => handlerOf(api, AUTHENTICATION_HANDLER)?.properties.APILevelPolicy ?? '');

/** The header with the token on this node (configuration.md 5.5). */
export const headerNameOf = (configuration: Pick<Configuration, 'optionalText'>): string =>
  configuration.optionalText('apim.oauth_config.auth_header') || 'Authorization';

const ownHeaderOf = perApi((api) =>
  handlerOf(api, AUTHENTICATION_HANDLER)?.properties.AuthorizationHeader?.toLowerCase(),
);

/** Lower-case name of the header with the token; an API may have one of its own. */
export const authorizationHeaderOf = (api: ApiArtifact, usual: string): string =>
  ownHeaderOf(api) || usual.toLowerCase();

type Shown = Pick<GatewayCall, 'api' | 'headers' | 'query'>;

/** The token that a caller shows. */
export const bearerOf = (call: Shown, usualHeader: string): string | undefined =>
  /^bearer\s+(\S+)\s*$/i.exec(authorizationOf(call, usualHeader))?.[1];

/** Name of the header, and of the parameter, with an API key (wire.md 3.1). */
export const API_KEY = 'apikey';

/** The API key that a caller shows; the header wins over the query. */
export const apiKeyOf = ({ headers, query }: Shown): string | undefined => {
  const header = headers[API_KEY];
  const shown = typeof header === 'string' ? header : new URLSearchParams(query).get(API_KEY);
  return shown?.trim() || undefined;
};

/** The header that carries tokens and passwords, as shown. */
export const authorizationOf = ({ api, headers }: Shown, usualHeader: string): string => {
  const header = headers[authorizationHeaderOf(api, usualHeader)];
  return typeof header === 'string' ? header : '';
};
