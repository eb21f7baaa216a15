import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import { type Endpoint, json } from '../carbon/web.ts';
import type { KeyManagerContext } from './context.ts';
import { GRANTS } from './grants/grants.ts';

/** The product answers under both (wire.md 1.2; identity-inbound-auth-oauth v6.2.25, OIDCDiscoveryEndpoint). */
const PATHS = [
  '/oauth2/token/.well-known/openid-configuration',
  '/oauth2/oidcdiscovery/.well-known/openid-configuration',
] as const;

/** OpenID Connect Discovery: where this node's endpoints are. Names only what the simulator does. */
export const discoveryEndpoints = ({ settings, version }: KeyManagerContext): readonly Endpoint[] => {
  const { baseUrl, issuer } = settings;
  const document = {
    issuer,
    authorization_endpoint: `${baseUrl}/oauth2/authorize`,
    token_endpoint: `${baseUrl}/oauth2/token`,
    revocation_endpoint: `${baseUrl}/oauth2/revoke`,
    introspection_endpoint: `${baseUrl}/oauth2/introspect`,
    userinfo_endpoint: `${baseUrl}/oauth2/userinfo`,
    end_session_endpoint: `${baseUrl}/oidc/logout`,
    jwks_uri: `${baseUrl}/oauth2/jwks`,
    registration_endpoint: `${baseUrl}${VERSION_FACTS[version].dcrPath}`,
    scopes_supported: ['openid'],
    claims_supported: ['sub', 'iss'],
    response_types_supported: ['code'],
    grant_types_supported: [...GRANTS.keys()],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
  return PATHS.map((path) => ({ method: 'GET', path, handle: () => json(200, document) }));
};
