import { requestCookie } from '../carbon/request-cookie.ts';
import type { Endpoint } from '../carbon/web.ts';
import { withQuery } from '../keymanager/login/authorization-refused.ts';
import { redirect } from '../keymanager/login/redirect.ts';
import { SERVICES } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { clearedCookies, ID_TOKEN_PART_1, ID_TOKEN_PART_2 } from './token-cookies.ts';

/** The way out of a portal: to `/oidc/logout` with the id_token, and back without cookies (wire.md 7.4). */
export const logOutEndpoints = ({ portal, serverUrl }: PortalContext): readonly Endpoint[] => [
  {
    method: 'GET',
    path: portal.context + SERVICES.logOut,
    handle: ({ headers }) => {
      const part1 = requestCookie(headers, ID_TOKEN_PART_1);
      const part2 = requestCookie(headers, ID_TOKEN_PART_2);
      return redirect(
        withQuery(`${serverUrl}/oidc/logout`, {
          id_token_hint: part1 !== undefined && part2 !== undefined ? part1 + part2 : undefined,
          post_logout_redirect_uri: serverUrl + portal.context + SERVICES.afterLogOut,
        }),
      );
    },
  },
  {
    method: 'GET',
    path: portal.context + SERVICES.afterLogOut,
    handle: () => ({
      status: 302,
      headers: { Location: `${portal.context}/logout`, 'Set-Cookie': clearedCookies(portal) },
    }),
  },
];
