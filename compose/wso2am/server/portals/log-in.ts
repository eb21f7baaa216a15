import type { Call, Endpoint } from '../carbon/web.ts';
import { withQuery } from '../keymanager/login/authorization-refused.ts';
import { type Portal, SERVICES } from './portal.ts';
import { ensurePortalClient } from './portal-client.ts';
import type { PortalContext } from './portal-context.ts';
import { clientCookie } from './token-cookies.ts';

/** `GET <portal>/services/auth/login`: sends the browser to the log-in of the node's own OAuth webapp (wire.md 7.4). */
export const logInEndpoint = (context: PortalContext): Endpoint => {
  const { portal, scopes, serverUrl } = context;
  return {
    method: 'GET',
    path: portal.context + SERVICES.logIn,
    handle: async (call) => {
      const clientId = await ensurePortalClient(context);
      const location = withQuery(`${serverUrl}/oauth2/authorize`, {
        response_type: 'code',
        client_id: clientId,
        scope: scopes.join(' '),
        state: pageBefore(portal, call),
        redirect_uri: serverUrl + portal.context + SERVICES.afterLogIn,
      });
      return { status: 302, headers: { Location: location, 'Set-Cookie': clientCookie(portal, clientId) } };
    },
  };
};

/** The page of the portal that the user came from, below its context; the log-in ends there. */
const pageBefore = ({ context }: Portal, { headers }: Call): string | undefined => {
  if (headers.referer === undefined || !URL.canParse(headers.referer)) return undefined;
  const { pathname, search } = new URL(headers.referer);
  return pathname.startsWith(`${context}/`) ? pathname.slice(context.length) + search : undefined;
};
