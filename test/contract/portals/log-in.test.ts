import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { sessionDataKeyIn } from '../oauth2/browser.ts';
import { Browser } from './browser.ts';

const ADMIN = { username: 'admin', password: 'admin' };

const PORTALS = [
  { context: '/publisher', api: 'publisher', first: '/publisher', client: 'admin_publisher' },
  { context: '/devportal', api: 'store', first: '/devportal/apis', client: 'admin_store' },
] as const;

const portals = usePortals();

/** From a portal to the log-in page. @returns the sessionDataKey of its form */
const openLogIn = async (browser: Browser, context: string, from?: string): Promise<string> => {
  const start = await browser.get(`${context}/services/auth/login`, from === undefined ? {} : { Referer: from });
  const page = await browser.get((await browser.get(start.location ?? '')).location ?? '');
  return sessionDataKeyIn(page.text);
};

/** The whole way; the last answer is that of the portal's callback. */
const logIn = async (browser: Browser, context: string, from?: string) => {
  const sessionDataKey = await openLogIn(browser, context, from);
  const back = await browser.post('/commonauth', { ...ADMIN, sessionDataKey });
  const callback = await browser.get(back.location ?? '');
  return browser.get(callback.location ?? '');
};

const clients = async ({ apim }: PortalNode, name: string) =>
  z.array(z.object({ APP_NAME: z.string(), CALLBACK_URL: z.string(), GRANT_TYPES: z.string() })).parse(
    await apim.query(
      `SELECT c.APP_NAME, c.CALLBACK_URL, c.GRANT_TYPES FROM AM_SYSTEM_APPS s
           JOIN IDN_OAUTH_CONSUMER_APPS c ON c.CONSUMER_KEY = s.CONSUMER_KEY AND c.CONSUMER_SECRET = s.CONSUMER_SECRET
         WHERE s.NAME = ?`,
      [name],
    ),
  );

describe.each(VERSIONS)('portals of %s', (version) => {
  let node: PortalNode;
  beforeAll(async () => {
    node = await portals.start(version);
    // Earlier versions in this file left clients with the callbacks of their node.
    await node.apim.execute('DELETE FROM AM_SYSTEM_APPS', []);
    await node.apim.execute("DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE APP_NAME LIKE 'admin_admin_%'", []);
    await node.apim.execute("DELETE FROM SP_APP WHERE APP_NAME LIKE 'admin_admin_%'", []);
  });

  it.each(PORTALS)('$context registers one client, however many log in first at the same moment', async (portal) => {
    const browsers = Array.from({ length: 5 }, () => new Browser(node.listening));
    const starts = await Promise.all(browsers.map((each) => each.get(`${portal.context}/services/auth/login`)));
    const ids = starts.map(({ location }) => new URL(location ?? '').searchParams.get('client_id'));
    expect(new Set(ids).size).toBe(1);
    expect(await clients(node, portal.client)).toEqual([
      {
        APP_NAME: `admin_${portal.client}`,
        CALLBACK_URL: expect.stringMatching(/^regexp=\(.*callback\/login\|.*callback\/logout\)$/),
        GRANT_TYPES: 'authorization_code refresh_token',
      },
    ]);
  });

  it.each(PORTALS)('$context ends a log-in with halves of the tokens as cookies', async (portal) => {
    const browser = new Browser(node.listening);
    const { status, location, cookies } = await logIn(browser, portal.context);
    expect({ status, location }).toEqual({ status: 302, location: portal.first });
    expect(cookies.map((each) => each.replace(/=[^;]+;/, '=…;').replace(/Max-Age=\d+/, 'Max-Age=…'))).toEqual([
      `AM_ACC_TOKEN_DEFAULT_P2=…; Max-Age=…; Path=${portal.context}/; Secure; HttpOnly`,
      `AM_ACC_TOKEN_DEFAULT_P2=…; Max-Age=…; Path=/api/am/${portal.api}/; Secure; HttpOnly`,
      `AM_REF_TOKEN_DEFAULT_P2=…; Max-Age=…; Path=${portal.context}/; Secure; HttpOnly`,
      `WSO2_AM_TOKEN_1_Default=…; Max-Age=…; Path=${portal.context}/; Secure`,
      `WSO2_AM_REFRESH_TOKEN_1_Default=…; Max-Age=…; Path=${portal.context}/; Secure`,
      `AM_ID_TOKEN_DEFAULT_P2=…; Max-Age=…; Path=${portal.context}/services/logout; Secure`,
      `AM_ID_TOKEN_DEFAULT_P1=…; Max-Age=…; Path=${portal.context}/services/logout; Secure`,
    ]);
    expect((await browser.get(location ?? '')).status).toBe(200);
  });

  it.each(PORTALS)('$context: its REST API takes one half as bearer and the other as cookie', async (portal) => {
    const browser = new Browser(node.listening);
    await logIn(browser, portal.context);
    const url = `${REST_BASE_PATHS[portal.api][version][0]}/${portal.api === 'store' ? 'applications' : 'apis'}`;
    const half = browser.cookiesFor(`${portal.context}/`).WSO2_AM_TOKEN_1_Default;
    expect((await browser.get(url, { Authorization: `Bearer ${half}` })).status).toBe(200);
    const stranger = new Browser(node.listening);
    expect((await stranger.get(url, { Authorization: `Bearer ${half}` })).status).toBe(401);
  });

  it.each(PORTALS)('$context says who is logged in, and gives new tokens for the old', async (portal) => {
    const browser = new Browser(node.listening);
    await logIn(browser, portal.context);
    const whoAmI = async () => JSON.parse((await browser.get(`${portal.context}/services/auth/introspect`)).text);
    expect(await whoAmI()).toMatchObject({ active: true, username: 'admin@carbon.super' });
    const before = browser.cookiesFor(`${portal.context}/`);
    const refresh_token = before.WSO2_AM_REFRESH_TOKEN_1_Default ?? '';
    const refreshed = await browser.post(`${portal.context}/services/refresh/refresh.jag`, { refresh_token });
    expect(refreshed).toMatchObject({ status: 200, text: '{}' });
    expect(browser.cookiesFor(`${portal.context}/`)).not.toEqual(before);
    expect(await whoAmI()).toMatchObject({ active: true });
    const again = await browser.post(`${portal.context}/services/refresh/refresh.jag`, { refresh_token: 'wrong' });
    expect(again.status).toBe(500);
    expect((await new Browser(node.listening).post(`${portal.context}/services/refresh/refresh.jag`, {})).status).toBe(
      400,
    );
  });

  it.each(PORTALS)('$context logs out over /oidc/logout, which takes the cookies back', async (portal) => {
    const browser = new Browser(node.listening);
    await logIn(browser, portal.context);
    const out = await browser.get(`${portal.context}/services/logout`);
    expect(new URL(out.location ?? '')).toMatchObject({ pathname: '/oidc/logout' });
    const back = await browser.get(out.location ?? '');
    expect(back.location).toBe(`${browser.origin}${portal.context}/services/auth/callback/logout`);
    const end = await browser.get(back.location ?? '');
    expect(end.location).toBe(`${portal.context}/logout`);
    expect(Object.keys(browser.cookiesFor(`${portal.context}/`))).toEqual(['CLIENT_ID']);
    expect((await browser.get(end.location ?? '')).status).toBe(200);
  });
});

describe('a log-in', () => {
  let node: PortalNode;
  beforeAll(async () => {
    node = await portals.start();
    await node.apim.execute('DELETE FROM AM_SYSTEM_APPS', []);
    await node.apim.execute("DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE APP_NAME LIKE 'admin_admin_%'", []);
    await node.apim.execute("DELETE FROM SP_APP WHERE APP_NAME LIKE 'admin_admin_%'", []);
  });

  it('leads back to the page it began on, but never away from the portal', async () => {
    const browser = new Browser(node.listening);
    const there = await logIn(browser, '/publisher', `${browser.origin}/publisher/apis?query=a%20b`);
    expect(there.location).toBe('/publisher/apis?query=a%20b');
    const elsewhere = await logIn(browser, '/publisher', 'https://elsewhere.test/page');
    expect(elsewhere.location).toBe('/publisher');
  });

  it('that began on another node is not known here: the state of it is in the memory of that node', async () => {
    const first = new Browser(node.listening);
    await first.get('/publisher/services/auth/login');
    const sessionDataKey = await openLogIn(first, '/publisher');
    const other = new Browser((await portals.start()).listening);
    const back = await other.post('/commonauth', { ...ADMIN, sessionDataKey });
    expect(back.location).toBe('/authenticationendpoint/retry.do');
  });

  it('does not match the callbacks that a node under another URL registered', async () => {
    await new Browser(node.listening).get('/publisher/services/auth/login');
    const moved = new Browser((await portals.start()).listening);
    const start = await moved.get('/publisher/services/auth/login');
    const refused = await moved.get(start.location ?? '');
    const page = new URL(refused.location ?? '', moved.origin);
    expect(page.searchParams.get('oauthErrorMsg')).toBe('Registered callback does not match with the provided url.');
  });

  it('whose code is wrong brings no cookies', async () => {
    const browser = new Browser(node.listening);
    const page = await browser.get('/publisher/services/auth/callback/login?code=wrong');
    expect(page).toMatchObject({ status: 500, cookies: [] });
  });
});
