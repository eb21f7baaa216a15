import type { KeyManagerContext } from '../context.ts';
import type { Form } from '../form.ts';
import { OAUTH_ERRORS } from '../oauth-error.ts';
import { challengeFault, type PkceChallenge } from '../pkce.ts';
import { scopesIn } from '../scopes.ts';
import { findClient, type OAuthClient } from '../stores/clients.ts';
import { malformed, refusedHere, refusedToClient } from './authorization-refused.ts';

/** A request for a code that may go on to the log-in page. */
export type AuthorizationRequest = PkceChallenge & {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
};

/** No column and no header takes more. */
const LONGEST_PARAMETER = 2048;

/** Characters of a URL: it goes into the header `Location` as it is. */
const URL_TEXT = /^[\x21-\x7e]+$/;

/** How a registered callback begins that is a pattern. */
const PATTERN = 'regexp=';

/**
 * Checks `GET /oauth2/authorize` in the product's order (identity-inbound-auth-oauth v6.2.25, OAuthRequestStateValidator and
 * OAuth2AuthzEndpoint): as long as it is not certain that the callback is the client's, nothing is told there.
 * @throws AuthorizationRefused
 */
export const checkAuthorization = async (context: KeyManagerContext, form: Form): Promise<AuthorizationRequest> => {
  const clientId = form.get('client_id');
  if (clientId === undefined || [...form.values()].some((value) => value.length > LONGEST_PARAMETER)) {
    throw refusedHere('invalid_request', 'Invalid authorization request');
  }
  const redirectUri = form.get('redirect_uri');
  if (redirectUri === undefined) {
    throw refusedHere('invalid_request', 'Redirect URI is not present in the authorization request');
  }
  const client = await knownClient(context, clientId);
  if (!isCallback(client, redirectUri)) {
    throw refusedHere('invalid_callback', 'Registered callback does not match with the provided url.');
  }

  const request: AuthorizationRequest = {
    client,
    redirectUri,
    scopes: scopesIn(form.get('scope')),
    state: form.get('state'),
    nonce: form.get('nonce'),
    challenge: form.get('code_challenge'),
    challengeMethod: form.get('code_challenge_method'),
  };
  checkForm(form, request);
  checkPermission(form, request);
  return request;
};

const knownClient = async ({ database }: KeyManagerContext, clientId: string): Promise<OAuthClient> => {
  const client = await findClient(database, clientId);
  const { unknownClient, inactiveClient, grantNotAllowed } = OAUTH_ERRORS;
  if (!client)
    throw refusedHere(
      unknownClient.error,
      unknownClient.description.replace('{}', () => clientId),
    );
  if (!client.isActive) throw refusedHere(inactiveClient.error, inactiveClient.description);
  if (client.grantTypes.length === 0 || client.callbackUrl === '') {
    throw refusedHere(grantNotAllowed.error, grantNotAllowed.description);
  }
  return client;
};

/** Whether a client may have its users sent there. */
export const isCallback = ({ callbackUrl }: OAuthClient, redirectUri: string): boolean => {
  if (!URL_TEXT.test(redirectUri)) return false;
  if (!callbackUrl.startsWith(PATTERN)) return callbackUrl === redirectUri;
  try {
    return new RegExp(`^(?:${callbackUrl.slice(PATTERN.length)})$`).test(redirectUri);
  } catch {
    return false;
  }
};

const checkForm = (form: Form, request: AuthorizationRequest): void => {
  const { client, redirectUri } = request;
  const responseType = form.get('response_type');
  if (responseType === undefined) throw malformed(redirectUri, 'Missing response_type parameter value');
  if (responseType !== 'code') throw malformed(redirectUri, 'Invalid response_type parameter value');
  const fault = challengeFault(client, request);
  if (fault !== undefined) throw malformed(redirectUri, fault);
};

const checkPermission = (form: Form, { client, redirectUri, state }: AuthorizationRequest): void => {
  const { grantNotAllowed } = OAUTH_ERRORS;
  if (!client.grantTypes.includes('authorization_code')) {
    throw refusedToClient(redirectUri, grantNotAllowed.error, grantNotAllowed.description, state);
  }
  // Nobody is ever logged in beforehand: the simulator keeps no session of the browser.
  if (form.get('prompt') === 'none') {
    const message = `Request with 'prompt=none' but user session does not exist`;
    throw refusedToClient(redirectUri, 'login_required', message, state);
  }
};
