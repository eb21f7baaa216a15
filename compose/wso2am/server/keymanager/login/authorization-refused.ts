/** Page of the authentication webapp for what must not be told to a client whose address is not certain. */
export const ERROR_PAGE = '/authenticationendpoint/oauth2_error.do';

/** Thrown to end an authorisation request; the browser is sent on to `location`. */
export class AuthorizationRefused extends Error {
  override readonly name = 'AuthorizationRefused';
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.location = location;
  }
}

/** To the error page of this node. */
export const refusedHere = (code: string, message: string): AuthorizationRefused =>
  new AuthorizationRefused(withQuery(ERROR_PAGE, { oauthErrorCode: code, oauthErrorMsg: message }), message);

/** To the client, for a request that is malformed; in the product's names (identity-inbound-auth-oauth v6.2.25, EndpointUtil). */
export const malformed = (redirectUri: string, message: string): AuthorizationRefused =>
  new AuthorizationRefused(
    withQuery(redirectUri, { oauthErrorCode: 'invalid_request', oauthErrorMsg: message }),
    message,
  );

/** To the client, in the names of RFC 6749 4.1.2.1. */
export const refusedToClient = (
  redirectUri: string,
  error: string,
  message: string,
  state: string | undefined,
): AuthorizationRefused =>
  new AuthorizationRefused(withQuery(redirectUri, { error_description: message, state, error }), message);

/** A URL with parameters added to its query, encoded; undefined ones are left out. */
export const withQuery = (url: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(given)}`;
};
