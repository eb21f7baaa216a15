import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { type Client, clientCredentials, introspect, newClient, refresh, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, Reply } from './key-manager.ts';
import { rows } from './rows.ts';

const keyManagers = useKeyManagers();
let km: KeyManager;
let client: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
});

const revoke = (form: Readonly<Record<string, string>>, by: Client = client, node = km): Promise<Reply> =>
  node.request('/oauth2/revoke', { basic: by.basic, form });

const headersOf = ({ headers }: Reply) => ({
  access: headers.get('revokedaccesstoken'),
  refresh: headers.get('revokedrefreshtoken'),
  user: headers.get('authorizeduser'),
});

const NONE = { access: null, refresh: null, user: null };

describe('revoking', () => {
  it('an access token answers with what is revoked, in headers', async () => {
    const { access_token: token, refresh_token: refreshToken } = await withPassword(km, client);
    const reply = await revoke({ token });
    expect({ status: reply.status, text: reply.text }).toEqual({ status: 200, text: '' });
    expect(headersOf(reply)).toEqual({ access: token, refresh: refreshToken, user: 'admin@carbon.super' });
    expect(reply.headers.get('content-type')).toBe('text/html');
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('an access token takes it and its refresh token out of use', async () => {
    const { access_token: token, refresh_token: refreshToken = '' } = await withPassword(km, client);
    await revoke({ token });
    expect(await introspect(km, token)).toEqual({ active: false });
    expect((await refresh(km, client, refreshToken)).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await withPassword(km, client)).access_token).not.toBe(token);
    expect(await rows(km, 'SELECT TOKEN_STATE FROM IDN_OAUTH2_ACCESS_TOKEN WHERE ACCESS_TOKEN = ?', [token])).toEqual([
      { TOKEN_STATE: 'REVOKED' },
    ]);
  });

  it.each([
    {},
    { token_type_hint: 'refresh_token' },
    { token_type_hint: 'access_token' },
    { token_type_hint: 'other' },
  ])('a refresh token takes the access token with it, with the hint %o', async (hint) => {
    const { access_token: token, refresh_token: refreshToken = '' } = await withPassword(km, client);
    const reply = await revoke({ token: refreshToken, ...hint });
    expect(headersOf(reply)).toEqual({ access: token, refresh: refreshToken, user: 'admin@carbon.super' });
    expect(await introspect(km, token)).toEqual({ active: false });
  });

  it.each([
    ['3.0.0', 'the refresh token, which no gateway knows'],
    ['3.1.0', 'the refresh token, which no gateway knows'],
    ['3.2.0', 'nothing'],
  ] as const)('a refresh token on %s tells the rest of the node %s', async (version, told) => {
    const node = await keyManagers.start({ version });
    const own = await newClient(node);
    const { refresh_token: refreshToken = '' } = await withPassword(node, own);
    await node.request('/oauth2/revoke', { basic: own.basic, form: { token: refreshToken } });

    expect(node.revoked.map(({ token }) => token)).toEqual(told === 'nothing' ? [] : [refreshToken]);
  });

  it('tells the rest of the node, once', async () => {
    const { access_token: token } = await clientCredentials(km, client);
    await revoke({ token });
    await revoke({ token });
    const told = km.revoked.filter((event) => event.token === token);
    expect(told).toEqual([
      { token, tokenType: 'DEFAULT', expiryTime: 0, consumerKey: client.id, user: 'admin@carbon.super' },
    ]);
  });

  it.each(VERSIONS)(
    'a JWT of %s tells until when it would have been valid, and keeps it for gateways that start later',
    async (version) => {
      const node = await keyManagers.start({ version });
      const own = await newClient(node, { tokenType: 'JWT' });
      const { access_token: token } = await clientCredentials(node, own);
      const { exp } = await introspect(node, token);
      await revoke({ token }, own, node);
      const [event] = node.revoked;
      expect(event).toMatchObject({ token, tokenType: 'JWT', consumerKey: own.id });
      expect(Math.floor((event?.expiryTime ?? 0) / 1000)).toBe(exp);
      const signature = token.split('.')[2] ?? '';
      expect(await rows(node, 'SELECT EXPIRY_TIMESTAMP FROM AM_REVOKED_JWT WHERE SIGNATURE = ?', [signature])).toEqual(
        version === '3.2.0' ? [] : [{ EXPIRY_TIMESTAMP: String(event?.expiryTime) }],
      );
    },
  );

  it.each([
    ['3.1.0', () => 0],
    ['3.2.0', ({ iat, expires }: { readonly iat: number; readonly expires: number }) => iat + expires],
  ] as const)('an opaque token of %s tells its expiry as that version does', async (version, expiry) => {
    const now = Math.floor(Date.now() / 1000) * 1000;
    const node = await keyManagers.start({ version, clock: () => now });
    const own = await newClient(node);
    const { access_token: token } = await clientCredentials(node, own);
    await revoke({ token }, own, node);
    expect(node.revoked.map(({ expiryTime }) => expiryTime)).toEqual([expiry({ iat: now, expires: 3_600_000 })]);
  });

  it.each(['3.0.0', '3.1.0'] as const)(
    'a JWT of %s forgets the ones that expired meanwhile, which nobody need be told of any more',
    async (version) => {
      let now = Date.now();
      const node = await keyManagers.start({ version, clock: () => now });
      const own = await newClient(node, { tokenType: 'JWT' });
      const signatures = async () =>
        (await rows(node, 'SELECT SIGNATURE FROM AM_REVOKED_JWT')).map((row) => row.SIGNATURE);
      const { access_token: early } = await clientCredentials(node, own);
      await revoke({ token: early }, own, node);
      now += 7_200_000;
      const { access_token: late } = await clientCredentials(node, own);
      await revoke({ token: late }, own, node);

      const kept = await signatures();
      expect(kept).toContain(late.split('.')[2]);
      expect(kept).not.toContain(early.split('.')[2]);
    },
  );

  it('an unknown or revoked token is no error, and says nothing', async () => {
    const { access_token: token } = await clientCredentials(km, client);
    await revoke({ token });
    for (const each of [token, 'unknown']) {
      const reply = await revoke({ token: each });
      expect({ status: reply.status, ...headersOf(reply) }).toEqual({ status: 200, ...NONE });
    }
  });

  it('an expired token still works', async () => {
    let now = Date.now();
    const node = await keyManagers.start({ clock: () => now });
    const { access_token: token } = await clientCredentials(node, client);
    now += 3_600_000;
    expect(headersOf(await revoke({ token }, client, node))).toMatchObject({ access: token });
  });

  it("another client's refresh token does nothing", async () => {
    const { access_token: token, refresh_token: refreshToken = '' } = await withPassword(km, client);
    const reply = await revoke({ token: refreshToken }, await newClient(km));
    expect({ status: reply.status, ...headersOf(reply) }).toEqual({ status: 200, ...NONE });
    expect(await introspect(km, token)).toMatchObject({ active: true });
  });

  it.each<[string, () => Promise<Reply>, readonly [number, string, string]]>([
    [
      "another client's access token",
      async () => revoke({ token: (await clientCredentials(km, client)).access_token }, await newClient(km)),
      [401, 'unauthorized_client', 'Client Authentication failed.'],
    ],
    ['no token', () => revoke({}), [400, 'invalid_request', 'Invalid revocation request']],
    [
      'a token without being a client',
      () => km.request('/oauth2/revoke', { form: { token: 'x' } }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'a token with a wrong secret',
      () => km.request('/oauth2/revoke', { basic: [client.id, 'wrong'], form: { token: 'x' } }),
      [401, 'invalid_client', 'Client Authentication failed.'],
    ],
    [
      'a repeated token',
      () =>
        km.request('/oauth2/revoke', {
          basic: client.basic,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: 'token=a&token=b',
        }),
      [400, 'invalid_request', 'Invalid request with repeated parameters.'],
    ],
  ])('%s is refused', async (_, request, [status, error, description]) => {
    const reply = await request();
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status,
      body: { error_description: description, error },
    });
    expect(reply.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm=localhost' : null);
    expect(reply.headers.get('content-type')).toBe('text/html');
  });

  it('in another format than a form is 415', async () => {
    const reply = await km.request('/oauth2/revoke', { basic: client.basic, body: '{}' });
    expect(reply.status).toBe(415);
  });
});
