import type { TokenBody } from '../keymanager/token-body.ts';
import { type Portal, SERVICES } from './portal.ts';

/** Second half of the access token; the REST APIs join it with the bearer of a call (wire.md 7.1, 7.4). */
export const ACCESS_TOKEN_PART_2 = 'AM_ACC_TOKEN_DEFAULT_P2';
export const ACCESS_TOKEN_PART_1 = 'WSO2_AM_TOKEN_1_Default';
export const REFRESH_TOKEN_PART_2 = 'AM_REF_TOKEN_DEFAULT_P2';
const REFRESH_TOKEN_PART_1 = 'WSO2_AM_REFRESH_TOKEN_1_Default';
export const ID_TOKEN_PART_1 = 'AM_ID_TOKEN_DEFAULT_P1';
export const ID_TOKEN_PART_2 = 'AM_ID_TOKEN_DEFAULT_P2';

type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Seconds; undefined until the browser ends. */
  readonly maxAge?: number;
  readonly httpOnly?: boolean;
};

/** Seconds: a refresh token's default life, which the portals do not read from the configuration. */
const REFRESH_AGE = 86_400;

/** Seconds until the browser forgets what a log-out takes back. */
const LOG_OUT_AGE = 2;

/** The cookies of a log-in: no script sees a whole token, for the second halves are `HttpOnly` (wire.md 7.4). */
export const tokenCookies = (portal: Portal, token: TokenBody): readonly string[] => {
  const [access1, access2] = halves(token.access_token);
  const [refresh1, refresh2] = halves(token.refresh_token ?? '');
  const [id1, id2] = halves(token.id_token ?? '');
  return cookiesOf(portal, {
    access: [access1, access2, token.expires_in],
    refresh: [refresh1, refresh2, REFRESH_AGE],
    id: [id1, id2, token.expires_in],
  });
};

/** The same cookies, emptied. */
export const clearedCookies = (portal: Portal): readonly string[] =>
  cookiesOf(portal, { access: ['', '', LOG_OUT_AGE], refresh: ['', '', LOG_OUT_AGE], id: ['', '', LOG_OUT_AGE] });

/** Tells the portal's pages who their client is. */
export const clientCookie = (portal: Portal, clientId: string): string =>
  setCookie({ name: 'CLIENT_ID', value: clientId, path: `${portal.context}/` });

/** First half, second half, seconds. */
type Halved = readonly [string, string, number];

const cookiesOf = (
  { context, apiPath }: Portal,
  { access, refresh, id }: Readonly<Record<'access' | 'refresh' | 'id', Halved>>,
): readonly string[] => {
  const path = `${context}/`;
  const logOut = context + SERVICES.logOut;
  const [access1, access2, accessAge] = access;
  const [refresh1, refresh2, refreshAge] = refresh;
  const [id1, id2, idAge] = id;
  const cookies: readonly Cookie[] = [
    { name: ACCESS_TOKEN_PART_2, value: access2, path, maxAge: accessAge, httpOnly: true },
    { name: ACCESS_TOKEN_PART_2, value: access2, path: apiPath, maxAge: accessAge, httpOnly: true },
    { name: REFRESH_TOKEN_PART_2, value: refresh2, path, maxAge: refreshAge, httpOnly: true },
    { name: ACCESS_TOKEN_PART_1, value: access1, path, maxAge: accessAge },
    { name: REFRESH_TOKEN_PART_1, value: refresh1, path, maxAge: refreshAge },
    { name: ID_TOKEN_PART_2, value: id2, path: logOut, maxAge: idAge },
    { name: ID_TOKEN_PART_1, value: id1, path: logOut, maxAge: idAge },
  ];
  return cookies.map(setCookie);
};

/** Where the length is odd, the second half is the longer. */
const halves = (token: string): readonly [string, string] => {
  const middle = Math.floor(token.length / 2);
  return [token.slice(0, middle), token.slice(middle)];
};

const setCookie = ({ name, value, path, maxAge, httpOnly = false }: Cookie): string =>
  [
    `${name}=${value}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
    `Path=${path}`,
    'Secure',
    ...(httpOnly ? ['HttpOnly'] : []),
  ].join('; ');
