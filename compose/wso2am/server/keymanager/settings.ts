import type { Configuration } from '../config/configuration.ts';
import { ConfigurationError } from '../config/configuration-error.ts';
import type { Properties } from '../config/replace-properties.ts';

/** What `deployment.toml` says about OAuth2 on this node. Durations in seconds unless named otherwise. */
export type OAuthSettings = {
  /** Base of this node's URLs: `https://km.lab:9443`. */
  readonly baseUrl: string;
  /** `iss` of tokens, and what discovery is found under. */
  readonly issuer: string;
  /** In the challenge of a 401: `Basic realm=km.lab`. */
  readonly realm: string;
  /** Role that may introspect tokens. */
  readonly adminRole: string;
  readonly userTokenValidity: number;
  readonly applicationTokenValidity: number;
  readonly refreshTokenValidity: number;
  readonly authorizationCodeValidity: number;
  /** Time a token outlives its validity, against clocks that differ. Milliseconds. */
  readonly clockSkewMs: number;
  /** Scopes matching one of these are granted to everybody. */
  readonly allowedScopes: readonly RegExp[];
  /** Scope that every client_credentials token carries; 3.2.0 has none (wire.md 1.3). */
  readonly applicationScope: string | undefined;
};

/** Key of the scopes that need no role; renamed in 3.2.0 (configuration.md 5.5). */
const ALLOWED_SCOPES = {
  '3.0.0': 'apim.oauth_config.white_listed_scopes',
  '3.1.0': 'apim.oauth_config.white_listed_scopes',
  '3.2.0': 'apim.oauth_config.allowed_scopes',
} as const;

/**
 * Reads the settings of the Key Manager's webapps.
 * @throws ConfigurationError for a scope pattern that is no regular expression, or a duration that is no number
 */
export const oauthSettings = (configuration: Configuration, properties: Properties): OAuthSettings => {
  const host = properties.get('carbon.host') ?? 'localhost';
  const port = properties.get('mgt.transport.https.proxyPort') ?? properties.get('mgt.transport.https.port') ?? '9443';
  const baseUrl = `https://${host}:${port}`;
  return {
    baseUrl,
    issuer: `${baseUrl}/oauth2/token`,
    realm: host,
    adminRole: configuration.text('super_admin.admin_role'),
    userTokenValidity: configuration.number('oauth.token_validation.user_access_token_validity'),
    applicationTokenValidity: configuration.number('oauth.token_validation.app_access_token_validity'),
    refreshTokenValidity: configuration.number('oauth.token_validation.refresh_token_validity'),
    authorizationCodeValidity: configuration.number('oauth.token_validation.authorization_code_validity'),
    // The code's own default of 300 s (wire.md 1.3) never applies: identity.xml of the 3.x versions renders 0.
    clockSkewMs: (configuration.optionalNumber('oauth.timestamp_skew') ?? 0) * 1000,
    allowedScopes: scopePatterns(configuration),
    applicationScope: configuration.optionalText('apim.oauth_config.default_app_scope'),
  };
};

const scopePatterns = (configuration: Configuration): readonly RegExp[] => {
  const key = ALLOWED_SCOPES[configuration.version];
  if (!configuration.has(key)) return [];
  return configuration.list(key).map((pattern) => {
    try {
      // As Java's String.matches: the whole scope has to fit.
      return new RegExp(`^(?:${pattern})$`);
    } catch {
      throw new ConfigurationError(`Configuration with key ${key} has a malformed pattern: ${pattern}`);
    }
  });
};
