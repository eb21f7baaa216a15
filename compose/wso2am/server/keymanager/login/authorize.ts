import { randomUUID } from 'node:crypto';
import { tomcatPage } from '../../carbon/tomcat-page.ts';
import type { Answer, Call, Endpoint } from '../../carbon/web.ts';
import { notSimulatedLog } from '../../not-simulated.ts';
import { answering } from '../answering.ts';
import type { KeyManagerContext } from '../context.ts';
import { type Form, isForm, singleParameters } from '../form.ts';
import { OAuthError } from '../oauth-error.ts';
import { insertCode } from '../stores/authorization-codes.ts';
import { AuthorizationRefused, refusedHere, withQuery } from './authorization-refused.ts';
import { checkAuthorization } from './authorization-request.ts';
import type { LoginSessions } from './login-sessions.ts';
import { loginPageUrl } from './pages.ts';
import { redirect } from './redirect.ts';

const CLASS = 'org.wso2.carbon.identity.oauth.endpoint.authz.OAuth2AuthzEndpoint';

/** Response types that the product has and the simulator has not. */
const UNSIMULATED: readonly string[] = [
  'token',
  'id_token',
  'id_token token',
  'code token',
  'code id_token',
  'code id_token token',
  'none',
];

/**
 * `/oauth2/authorize` (wire.md 1.2, 7.4): sends a client's user to the log-in page, and, when the user comes back from there
 * with the same sessionDataKey, on to the client with a code. No consent is asked for: registered clients skip it.
 */
export const authorizeEndpoint = (context: KeyManagerContext, sessions: LoginSessions): Endpoint => ({
  method: ['GET', 'POST'],
  path: '/oauth2/authorize',
  handle: answering(context, CLASS, async (call) => {
    try {
      return await authorize(context, sessions, await parametersOf(call));
    } catch (cause) {
      if (cause instanceof AuthorizationRefused) return redirect(cause.location);
      throw cause;
    }
  }),
});

const parametersOf = async (call: Call): Promise<Form> => {
  const posted = call.method === 'POST' && isForm(call) ? [...(await call.form())] : [];
  try {
    return singleParameters(new URLSearchParams([...call.query, ...posted]));
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause;
    throw refusedHere('invalid_request', 'Invalid authorization request with repeated parameters');
  }
};

const authorize = async (context: KeyManagerContext, sessions: LoginSessions, form: Form): Promise<Answer> => {
  const key = form.get('sessionDataKey');
  if (key !== undefined && !form.has('client_id')) return handOutCode(context, sessions, key);

  const responseType = form.get('response_type') ?? '';
  if (UNSIMULATED.includes(responseType)) {
    notSimulatedLog(context.log)(`response type ${responseType}`);
    return tomcatPage(501, 'The response type is not simulated.');
  }
  const request = await checkAuthorization(context, form);
  return redirect(loginPageUrl(sessions.open(request), request.client));
};

const handOutCode = async (
  { database, clock, settings }: KeyManagerContext,
  sessions: LoginSessions,
  key: string,
): Promise<Answer> => {
  const session = sessions.find(key);
  if (!session) throw refusedHere('access_denied', 'Session Timed Out');
  if (!session.login) throw refusedHere('invalid_request', 'Invalid authorization request');
  sessions.close(key);

  const { request, login } = session;
  const code = randomUUID();
  await insertCode(database, {
    code,
    clientId: request.client.id,
    callbackUrl: request.redirectUri,
    scopes: request.scopes,
    user: login.user,
    lifetime: { issuedAt: clock(), validity: settings.authorizationCodeValidity * 1000 },
    challenge: request.challenge,
    challengeMethod: request.challengeMethod,
    login: { nonce: request.nonce, authTime: login.at },
  });
  return redirect(withQuery(request.redirectUri, { code, state: request.state }));
};
