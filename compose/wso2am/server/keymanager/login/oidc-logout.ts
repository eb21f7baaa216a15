import type { Endpoint } from '../../carbon/web.ts';
import { answering } from '../answering.ts';
import type { KeyManagerContext } from '../context.ts';
import { type Form, singleParameters } from '../form.ts';
import { verifiedClaims } from '../issuers/sign-jwt.ts';
import { findClient, type OAuthClient } from '../stores/clients.ts';
import { AuthorizationRefused, refusedHere, withQuery } from './authorization-refused.ts';
import { isCallback } from './authorization-request.ts';
import { LOGGED_OUT_PAGE } from './pages.ts';
import { redirect } from './redirect.ts';

const CLASS = 'org.wso2.carbon.identity.oidc.session.servlet.OIDCLogoutServlet';

/**
 * `/oidc/logout` (wire.md 7.4): sends the browser back to the client that its id_token is for. There is no session of the
 * browser to end, and nobody is asked for consent.
 */
export const oidcLogoutEndpoint = (context: KeyManagerContext): Endpoint => ({
  method: 'GET',
  path: '/oidc/logout',
  handle: answering(context, CLASS, async ({ query }) => {
    try {
      return redirect(await destination(context, singleParameters(query)));
    } catch (cause) {
      if (cause instanceof AuthorizationRefused) return redirect(cause.location);
      throw cause;
    }
  }),
});

const destination = async (context: KeyManagerContext, form: Form): Promise<string> => {
  const hint = form.get('id_token_hint');
  const redirectUri = form.get('post_logout_redirect_uri');
  if (hint === undefined || redirectUri === undefined) return LOGGED_OUT_PAGE;
  const client = await clientOfHint(context, hint);
  if (!isCallback(client, redirectUri)) {
    throw refusedHere('access_denied', 'Post logout URI does not match with registered callback URI.');
  }
  const state = form.get('state');
  return state === undefined ? redirectUri : withQuery(redirectUri, { state });
};

/** The client that an id_token was made for; an expired one does as well. */
const clientOfHint = async ({ signer, database }: KeyManagerContext, hint: string): Promise<OAuthClient> => {
  const azp = verifiedClaims(signer, hint)?.azp;
  if (typeof azp !== 'string') throw refusedHere('access_denied', 'ID token signature validation failed.');
  const client = await findClient(database, azp);
  if (!client) {
    throw refusedHere('access_denied', 'Error occurred while getting application information. Client id not found.');
  }
  return client;
};
