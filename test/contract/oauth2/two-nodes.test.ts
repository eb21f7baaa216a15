import { beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, logIn, openLogin, redirectOf, sendLogin } from './browser.ts';
import {
  CALLBACK,
  type Client,
  clientCredentials,
  introspect,
  newClient,
  refresh,
  requestToken,
  tokensOf,
  withPassword,
} from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, Reply } from './key-manager.ts';
import { rows } from './rows.ts';

const keyManagers = useKeyManagers();
let one: KeyManager;
let two: KeyManager;

beforeAll(async () => {
  one = keyManagers.km;
  two = await keyManagers.start();
});

const AT_ONCE = 20;

/** The same request many times at the same moment, on both nodes by turns. */
const together = <T>(ask: (km: KeyManager) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, index) => ask(index % 2 === 0 ? one : two)));

const activeTokens = (client: Client) =>
  rows(
    one,
    `SELECT t.ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN t JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID
     WHERE c.CONSUMER_KEY = ? AND t.TOKEN_STATE = 'ACTIVE'`,
    [client.id],
  );

const codeFor = async (client: Client): Promise<string> => {
  const query = { response_type: 'code', client_id: client.id, redirect_uri: CALLBACK };
  return (await logIn(one, new URLSearchParams(query))).searchParams.get('code') ?? '';
};

const codeForm = (code: string) => ({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK });

describe('two Key Managers over one database', () => {
  it("take each other's tokens for their own", async () => {
    const client = await newClient(one);
    const first = await withPassword(one, client);
    expect(await introspect(two, first.access_token)).toEqual(await introspect(one, first.access_token));
    expect((await withPassword(two, client)).access_token).toBe(first.access_token);
    const renewed = await tokensOf(refresh(two, client, first.refresh_token ?? ''));
    expect(await introspect(one, first.access_token)).toEqual({ active: false });
    await two.request('/oauth2/revoke', { basic: client.basic, form: { token: renewed.access_token } });
    expect(await introspect(one, renewed.access_token)).toEqual({ active: false });
  });

  it('publish the same key', async () => {
    const [ofOne, ofTwo] = await Promise.all([one, two].map((km) => km.request('/oauth2/jwks')));
    expect(ofOne?.text).toBe(ofTwo?.text);
  });

  it("redeem each other's codes", async () => {
    const client = await newClient(one);
    expect((await requestToken(two, client, codeForm(await codeFor(client)))).status).toBe(200);
  });

  it("do not know of each other's log-ins: without a sticky session the user has to begin again", async () => {
    const client = await newClient(one);
    const query = { response_type: 'code', client_id: client.id, redirect_uri: CALLBACK };
    const key = await openLogin(one, new URLSearchParams(query));
    expect(redirectOf(await sendLogin(two, key, ADMIN)).pathname).toBe('/authenticationendpoint/retry.do');
    expect(two.complaints.at(-1)).toContain('did not begin on this node');
  });
});

describe('many requests at the same moment', () => {
  it.each([
    ['client_credentials', clientCredentials],
    ['password', withPassword],
  ] as const)('by %s bring one opaque token', async (_, ask) => {
    const client = await newClient(one);
    const tokens = await together((km) => ask(km, client));
    expect(new Set(tokens.map((each) => each.access_token)).size).toBe(1);
    expect(await activeTokens(client)).toEqual([{ ACCESS_TOKEN: tokens[0]?.access_token }]);
  });

  it('bring a JWT each, of which one is active in the end', async () => {
    const client = await newClient(one, { tokenType: 'JWT' });
    const tokens = await together((km) => clientCredentials(km, client));
    expect(new Set(tokens.map((each) => each.access_token)).size).toBe(AT_ONCE);
    expect(await activeTokens(client)).toHaveLength(1);
  });

  it('with one refresh token: exactly one gets a new pair, the others learn that it is used', async () => {
    const client = await newClient(one);
    const { refresh_token: token = '' } = await withPassword(one, client);
    const replies = await together((km) => refresh(km, client, token));
    const lost = replies.filter((reply) => reply.status !== 200);
    expect(lost).toHaveLength(AT_ONCE - 1);
    for (const reply of lost) {
      expect(reply.json()).toEqual({ error_description: 'Invalid refresh token state', error: 'invalid_grant' });
    }
    expect(await activeTokens(client)).toHaveLength(1);
  });

  it('with one code: exactly one gets tokens', async () => {
    const client = await newClient(one);
    const code = await codeFor(client);
    const replies: readonly Reply[] = await together((km) => requestToken(km, client, codeForm(code)));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 400)).toHaveLength(AT_ONCE - 1);
  });

  it('to issue and to revoke never fail', async () => {
    const client = await newClient(one);
    const replies = await together(async (km) => {
      const { access_token: token } = await clientCredentials(km, client);
      return km.request('/oauth2/revoke', { basic: client.basic, form: { token } });
    });
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    expect(await activeTokens(client)).toHaveLength(0);
    expect([...one.complaints, ...two.complaints].filter((line) => line.includes('failed'))).toEqual([]);
  });
});
