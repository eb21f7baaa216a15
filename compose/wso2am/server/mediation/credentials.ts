import type { Configuration } from '../config/configuration.ts';
import { type ApiArtifact, handlerOf } from '../synapse/api-artifact.ts';
import type { GatewayCall } from './gateway-call.ts';

export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'none' }
  /** The API takes them, the simulator does not. */
  | { readonly kind: 'not-simulated'; readonly what: string };

export const AUTHENTICATION_HANDLER = 'APIAuthenticationHandler';

/** Security schemes of an API: `oauth2`, `basic_auth`, `api_key`... (wire.md 7.2, `securityScheme`). */
export const schemesOf = (api: ApiArtifact): readonly string[] => {
  const written = handlerOf(api, AUTHENTICATION_HANDLER)?.properties.APISecurity;
  return written === undefined ? ['oauth2'] : written.split(',').map((scheme) => scheme.trim());
};

/** The header with the token on this node (configuration.md 5.5). */
export const headerNameOf = (configuration: Pick<Configuration, 'optionalText'>): string =>
  configuration.optionalText('apim.oauth_config.auth_header') || 'Authorization';

/** Lower-case name of the header with the token; an API may have one of its own. */
export const authorizationHeaderOf = (api: ApiArtifact, usual: string): string =>
  (handlerOf(api, AUTHENTICATION_HANDLER)?.properties.AuthorizationHeader || usual).toLowerCase();

/** What a caller shows, of the kinds that the API takes; another kind counts as nothing (wire.md 3.1). */
export const credentialsOf = (
  { api, headers, query }: Pick<GatewayCall, 'api' | 'headers' | 'query'>,
  usualHeader: string,
): Credentials => {
  const schemes = schemesOf(api);
  const header = headers[authorizationHeaderOf(api, usualHeader)];
  const shown = typeof header === 'string' ? header : '';
  const token = /^bearer\s+(\S+)\s*$/i.exec(shown)?.[1];
  if (token !== undefined && schemes.includes('oauth2')) return { kind: 'bearer', token };
  if (/^basic\s/i.test(shown) && schemes.includes('basic_auth'))
    return { kind: 'not-simulated', what: 'Basic authentication of APIs' };
  const apiKey = headers.apikey !== undefined || new URLSearchParams(query).has('apikey');
  if (apiKey && schemes.includes('api_key')) return { kind: 'not-simulated', what: 'API keys' };
  return { kind: 'none' };
};
