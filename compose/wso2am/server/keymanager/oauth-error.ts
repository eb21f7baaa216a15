import { type Answer, json } from '../carbon/web.ts';
import { escapeHtml } from './escape-html.ts';

export type OAuthErrorFacts = {
  readonly status: 400 | 401 | 500 | 501 | 502;
  readonly error: string;
  /** `{}` stands for what the error is about. */
  readonly description: string;
};

/**
 * Every refusal of the token, revocation and authorisation endpoints (wire.md 1.6, 1.7; what it leaves open:
 * identity-inbound-auth-oauth v6.2.25).
 */
export const OAUTH_ERRORS = {
  repeatedParameter: facts(400, 'invalid_request', 'Invalid request with repeated parameters.'),
  missingGrantType: facts(400, 'invalid_request', 'Missing grant_type parameter value'),
  missingParameters: facts(400, 'invalid_request', 'Missing parameters: {}'),
  malformedValidityPeriod: facts(400, 'invalid_request', 'Malformed validity_period parameter value'),
  credentialsTwice: facts(400, 'invalid_request', 'Request body and headers contain authorization information'),
  missingToken: facts(400, 'invalid_request', 'Invalid revocation request'),

  unsupportedGrantType: facts(400, 'unsupported_grant_type', 'Unsupported grant type : {}, is used.'),
  unsimulatedGrantType: facts(501, 'server_error', 'The grant type {} is not simulated'),

  unknownClient: facts(401, 'invalid_client', 'A valid OAuth client could not be found for client_id: {}'),
  inactiveClient: facts(401, 'invalid_client', 'Oauth application is not in active state'),
  clientAuthenticationFailed: facts(401, 'invalid_client', 'Client Authentication failed.'),
  foreignToken: facts(401, 'unauthorized_client', 'Client Authentication failed.'),

  grantNotAllowed: facts(
    400,
    'unauthorized_client',
    'The authenticated client is not authorized to use this authorization grant type',
  ),

  wrongPassword: facts(400, 'invalid_grant', 'Authentication failed for {}'),
  foreignTenant: facts(400, 'invalid_grant', 'Users in the tenant domain : {} do not have access to this application'),
  unknownTenant: facts(400, 'invalid_grant', 'Invalid tenant domain : {}'),
  unknownRefreshToken: facts(400, 'invalid_grant', 'Persisted access token data not found'),
  usedRefreshToken: facts(400, 'invalid_grant', 'Invalid refresh token state'),
  expiredRefreshToken: facts(400, 'invalid_grant', 'Refresh token is expired.'),
  unknownCode: facts(400, 'invalid_grant', 'Provided Authorization Grant is invalid'),
  usedCode: facts(400, 'invalid_grant', 'Inactive authorization code received from token request'),
  expiredCode: facts(400, 'invalid_grant', 'Expired or Revoked authorization code received from token request'),
  callbackMismatch: facts(400, 'invalid_grant', 'Callback url mismatch'),
  pkceMissing: facts(
    400,
    'invalid_grant',
    'Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.',
  ),
  pkceMalformed: facts(400, 'invalid_grant', 'Code verifier used is not up to RFC 7636 specifications.'),
  pkceFailed: facts(400, 'invalid_grant', 'PKCE validation failed'),

  invalidScope: facts(400, 'invalid_scope', 'Invalid Scope!'),

  internal: facts(500, 'server_error', 'Internal Server Error.'),
  databaseUnavailable: facts(502, 'server_error', 'Service Unavailable Error.'),
} as const satisfies Record<string, OAuthErrorFacts>;

export type OAuthErrorName = keyof typeof OAUTH_ERRORS;

/** What a grant or an endpoint throws to refuse a request. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly facts: OAuthErrorFacts;

  /** @param subject what `{}` of the description stands for: a client id, a user, a grant type */
  constructor(error: OAuthErrorName, subject = '') {
    const { description, ...rest }: OAuthErrorFacts = OAUTH_ERRORS[error];
    // The product escapes what it quotes from a request, though the answer is JSON.
    const text = description.replace('{}', () => escapeHtml(subject));
    super(text);
    this.facts = { ...rest, description: text };
  }
}

/**
 * The answer of an error.
 * @param realm host name for the challenge of a 401
 */
export const oauthErrorAnswer = (error: OAuthError, realm: string): Answer => {
  const { status, error: code, description } = error.facts;
  const challenge = status === 401 ? { 'WWW-Authenticate': `Basic realm=${realm}` } : {};
  return json(status, { error_description: description, error: code }, challenge);
};

function facts(status: OAuthErrorFacts['status'], error: string, description: string): OAuthErrorFacts {
  return { status, error, description };
}
