import type { Answer, Endpoint } from '../../carbon/web.ts';
import { escapeHtml } from '../escape-html.ts';
import type { OAuthClient } from '../stores/clients.ts';
import { ERROR_PAGE, withQuery } from './authorization-refused.ts';

const LOGIN_PAGE = '/authenticationendpoint/login.do';

/** Page for a log-in that this node knows nothing of. */
export const RETRY_PAGE = '/authenticationendpoint/retry.do';

/** Page for whoever logged out without saying of which client. */
export const LOGGED_OUT_PAGE = '/authenticationendpoint/oauth2_logout.do';

/** Where the user of a client logs in, or tries again. */
export const loginPageUrl = (sessionDataKey: string, client: OAuthClient, hasFailed = false): string =>
  withQuery(LOGIN_PAGE, {
    commonAuthCallerPath: '/oauth2/authorize',
    sessionDataKey,
    relyingParty: client.consumerKey,
    type: 'oidc',
    sp: client.name,
    isSaaSApp: String(client.isSaas),
    authenticators: 'BasicAuthenticator:LOCAL',
    ...(hasFailed && { authFailure: 'true', authFailureMsg: 'login.fail.message' }),
  });

/** The webapp `authenticationendpoint` (wire.md 7.4), as far as a log-in by name and password needs it. */
export const pageEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: LOGIN_PAGE,
    handle: ({ query }) =>
      page(
        'Sign In',
        `${query.get('authFailure') === 'true' ? '<p id="error-msg">Login failed! Please recheck the username and password and try again.</p>' : ''}
<form action="../commonauth" method="post" id="loginForm">
<input type="text" name="username" autocomplete="username" required>
<input type="password" name="password" autocomplete="current-password" required>
<input type="hidden" name="sessionDataKey" value="${escapeHtml(query.get('sessionDataKey') ?? '')}">
<button type="submit">Continue</button>
</form>`,
      ),
  },
  {
    method: 'GET',
    path: RETRY_PAGE,
    handle: () =>
      page(
        'Authentication Error!',
        '<p>Something went wrong during the authentication process. Please try signing in again.</p>',
      ),
  },
  {
    method: 'GET',
    path: LOGGED_OUT_PAGE,
    handle: () => page('Logout', '<p>You have successfully logged out.</p>'),
  },
  {
    method: 'GET',
    path: ERROR_PAGE,
    handle: ({ query }) =>
      page(
        'Authorization failed!',
        `<p>${escapeHtml(query.get('oauthErrorCode') ?? '')}</p><p>${escapeHtml(query.get('oauthErrorMsg') ?? '')}</p>`,
      ),
  },
];

const page = (title: string, body: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/html;charset=UTF-8', 'Cache-Control': 'no-store' },
  body: `<!doctype html>\n<html lang="en">\n<head><title>${title}</title></head>\n<body>\n<h2>${title}</h2>\n${body}\n</body>\n</html>\n`,
});
