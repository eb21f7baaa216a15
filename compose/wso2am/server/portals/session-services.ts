import { requestCookie } from '../carbon/request-cookie.ts';
import { type Answer, type Call, type Endpoint, json } from '../carbon/web.ts';
import { isForm } from '../keymanager/form.ts';
import { tokenState } from '../keymanager/introspect.ts';
import { OAuthError } from '../keymanager/oauth-error.ts';
import { SERVICES } from './portal.ts';
import { portalClientId } from './portal-client.ts';
import type { PortalContext } from './portal-context.ts';
import { redeem } from './redeem.ts';
import { ACCESS_TOKEN_PART_1, ACCESS_TOKEN_PART_2, REFRESH_TOKEN_PART_2, tokenCookies } from './token-cookies.ts';

const CLASS = 'JAGGERY.services.refresh.refresh:jag';

/** What a portal's pages ask about the session that they have: who is logged in, and for a new token. */
export const sessionServices = (context: PortalContext): readonly Endpoint[] => [
  {
    method: 'GET',
    path: context.portal.context + SERVICES.introspect,
    handle: async ({ headers }) => {
      const parts = [ACCESS_TOKEN_PART_1, ACCESS_TOKEN_PART_2].map((name) => requestCookie(headers, name) ?? '');
      return json(200, await tokenState(context.keyManager, parts.join('')));
    },
  },
  {
    method: 'POST',
    path: context.portal.context + SERVICES.refresh,
    handle: (call) => refresh(context, call),
  },
];

/** The first half of the refresh token comes in the form, the second as a cookie. */
const refresh = async (context: PortalContext, call: Call): Promise<Answer> => {
  const { portal, keyManager } = context;
  const part1 = isForm(call) ? (await call.form()).get('refresh_token') : null;
  const part2 = requestCookie(call.headers, REFRESH_TOKEN_PART_2);
  if (!part1 || part2 === undefined) return refusal(400, 'Cookie and/or param token part is missing!');
  if ((await portalClientId(context)) === undefined) {
    return refusal(401, `Oauth application details not found for '${portal.client}'`);
  }
  try {
    const token = await redeem(context, 'refresh_token', { refresh_token: part1 + part2 });
    return json(200, {}, { 'Set-Cookie': tokenCookies(portal, token) });
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause;
    keyManager.log(CLASS).error(`No token for a refresh at ${portal.context}: ${cause.message}`);
    return refusal(500, 'Something went wrong while refreshing the token!!');
  }
};

const refusal = (status: number, message: string): Answer => json(status, { error: true, message });
