import { tomcatPage } from '../carbon/tomcat-page.ts';
import type { Endpoint } from '../carbon/web.ts';
import { OAuthError } from '../keymanager/oauth-error.ts';
import { type Portal, SERVICES } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { redeem } from './redeem.ts';
import { tokenCookies } from './token-cookies.ts';

const CLASS = 'JAGGERY.services.login.login_callback:jag';

/** `GET <portal>/services/auth/callback/login`: turns the code of a log-in into the portal's cookies (wire.md 7.4). */
export const afterLogInEndpoint = (context: PortalContext): Endpoint => {
  const { portal, serverUrl, keyManager } = context;
  return {
    method: 'GET',
    path: portal.context + SERVICES.afterLogIn,
    handle: async ({ query }) => {
      const code = query.get('code');
      // As in the product: the callback says nothing to whoever brings no code.
      if (code === null) return { status: 200 };
      try {
        const redirectUri = serverUrl + portal.context + SERVICES.afterLogIn;
        const token = await redeem(context, 'authorization_code', { code, redirect_uri: redirectUri });
        const location = pageAfter(portal, query.get('state'));
        return { status: 302, headers: { Location: location, 'Set-Cookie': tokenCookies(portal, token) } };
      } catch (cause) {
        if (!(cause instanceof OAuthError)) throw cause;
        keyManager.log(CLASS).error(`No token for the code of a log-in at ${portal.context}: ${cause.message}`);
        return tomcatPage(500, 'The log-in brought no token.');
      }
    },
  };
};

/** Characters of a path with its query: what comes back as state goes into the header `Location`. */
const PAGE = /^\/[\x21-\x7e]*$/;

const pageAfter = ({ context, firstPage }: Portal, state: string | null): string =>
  context + (state !== null && state !== '/' && PAGE.test(state) ? state : firstPage);
