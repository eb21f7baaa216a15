import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, logIn, openLogin, redirectOf, sendLogin, sessionDataKeyIn } from './browser.ts';
import { CALLBACK, type Client, introspect, newClient, requestToken, tokensOf } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, Reply } from './key-manager.ts';
import { addUser, rows } from './rows.ts';

const keyManagers = useKeyManagers();
let now = Date.UTC(2032, 0, 1);
let km: KeyManager;
let client: Client;

beforeAll(async () => {
  km = await keyManagers.start({ clock: () => now });
  client = await newClient(km);
  await addUser(km, 'carol', ['creator']);
});

type Parameters = Readonly<Record<string, string>>;

const request = (parameters: Parameters = {}, of: Client = client): URLSearchParams =>
  new URLSearchParams({ response_type: 'code', client_id: of.id, redirect_uri: CALLBACK, ...parameters });

const codeOf = async (parameters: Parameters = {}, login = ADMIN): Promise<string> =>
  (await logIn(km, request(parameters), login)).searchParams.get('code') ?? '';

const redeem = (code: string, form: Parameters = {}, by: Client = client): Promise<Reply> =>
  requestToken(km, by, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...form });

describe('a log-in', () => {
  it('leads from the client over the log-in page back to the client, with a code and the state', async () => {
    const back = await logIn(km, request({ state: 'a state & more', scope: 'openid' }));
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: 'a state & more',
    });
  });

  it('may begin with a form', async () => {
    const page = redirectOf(await km.request('/oauth2/authorize', { form: request() }));
    expect(page.pathname).toBe('/authenticationendpoint/login.do');
    expect(Object.fromEntries(page.searchParams)).toMatchObject({ relyingParty: client.id, type: 'oidc' });
  });

  it('with a wrong password leads back to the page, which says so, and may then succeed', async () => {
    const key = await openLogin(km, request());
    const page = redirectOf(await sendLogin(km, key, { ...ADMIN, password: 'wrong' }));
    expect(page.searchParams.get('authFailure')).toBe('true');
    const { text } = await km.request(`${page.pathname}${page.search}`);
    expect(text).toContain('Login failed!');
    expect(sessionDataKeyIn(text)).toBe(key);
    expect(redirectOf(await sendLogin(km, key, ADMIN)).pathname).toBe('/oauth2/authorize');
  });

  it("makes the code the user's who logged in", async () => {
    const code = await codeOf({ scope: 'apim:api_create apim:api_publish' }, { username: 'carol', password: 'secret' });
    const { access_token: token, scope } = await tokensOf(redeem(code));
    expect(scope).toBe('apim:api_create');
    expect(await introspect(km, token)).toMatchObject({ username: 'carol@carbon.super' });
  });

  it('gives its code away once', async () => {
    const back = redirectOf(await sendLogin(km, await openLogin(km, request()), ADMIN));
    const path = `${back.pathname}${back.search}`;
    expect(redirectOf(await km.request(path)).searchParams.has('code')).toBe(true);
    const again = redirectOf(await km.request(path));
    expect(again.searchParams.get('oauthErrorMsg')).toBe('Session Timed Out');
  });

  it('takes five minutes at most', async () => {
    const key = await openLogin(km, request());
    now += 300_000;
    expect(redirectOf(await sendLogin(km, key, ADMIN)).pathname).toBe('/authenticationendpoint/retry.do');
  });

  it('cannot be skipped', async () => {
    const key = await openLogin(km, request());
    const back = redirectOf(await km.request(`/oauth2/authorize?sessionDataKey=${key}`));
    expect([back.pathname, back.searchParams.get('oauthErrorCode')]).toEqual([
      '/authenticationendpoint/oauth2_error.do',
      'invalid_request',
    ]);
  });

  it('shows nothing of a request as markup', async () => {
    const evil = '"><script>alert(1)</script>';
    for (const path of ['login.do?sessionDataKey', 'oauth2_error.do?oauthErrorMsg', 'oauth2_error.do?oauthErrorCode']) {
      const { text } = await km.request(`/authenticationendpoint/${path}=${encodeURIComponent(evil)}`);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toContain('<script>');
    }
  });
});

describe('a code', () => {
  it('brings tokens, and an id_token with the nonce and the time of the log-in', async () => {
    const at = now;
    const code = await codeOf({ scope: 'openid', nonce: 'n-\u00e9-\u{1f600}' });
    now += 5_000;
    const tokens = await tokensOf(redeem(code));
    expect(tokens).toMatchObject({ refresh_token: expect.any(String), scope: 'openid', expires_in: 3600 });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
      nonce: 'n-\u00e9-\u{1f600}',
      auth_time: Math.floor(at / 1000),
      amr: ['authorization_code'],
    });
  });

  it('is good for once; shown again, what it led to is revoked', async () => {
    const code = await codeOf({ scope: 'device_once' });
    const { access_token: token } = await tokensOf(redeem(code));
    const again = await redeem(code);
    expect(again.json()).toEqual({
      error_description: 'Inactive authorization code received from token request',
      error: 'invalid_grant',
    });
    expect(await introspect(km, token)).toEqual({ active: false });
  });

  it.each<[string, () => Promise<Reply>, string]>([
    [
      'after five minutes',
      async () => {
        const code = await codeOf();
        now += 300_000;
        return redeem(code);
      },
      'Expired or Revoked authorization code received from token request',
    ],
    [
      'with another callback',
      async () => redeem(await codeOf(), { redirect_uri: 'https://app.lab/other' }),
      'Callback url mismatch',
    ],
    [
      'by another client',
      async () => redeem(await codeOf(), {}, await newClient(km)),
      'Provided Authorization Grant is invalid',
    ],
  ])('%s is refused', async (_, reply, description) => {
    const { status, json } = await reply();
    expect({ status, body: json() }).toEqual({
      status: 400,
      body: { error_description: description, error: 'invalid_grant' },
    });
  });

  it('that was shown with a wrong callback is used up', async () => {
    const code = await codeOf();
    await redeem(code, { redirect_uri: 'https://app.lab/other' });
    expect((await redeem(code)).status).toBe(400);
  });
});

const VERIFIER = 'v'.repeat(43);
const S256 = createHash('sha256').update(VERIFIER).digest('base64url');

describe('PKCE', () => {
  const challenge = { code_challenge: S256, code_challenge_method: 'S256' };

  it('lets only who knows the verifier redeem the code', async () => {
    expect((await redeem(await codeOf(challenge), { code_verifier: VERIFIER })).status).toBe(200);
  });

  it('with the plain method is for clients that allow it', async () => {
    const plain = await newClient(km);
    await rows(km, `UPDATE IDN_OAUTH_CONSUMER_APPS SET PKCE_SUPPORT_PLAIN = '1' WHERE CONSUMER_KEY = ?`, [plain.id]);
    for (const method of [{}, { code_challenge_method: 'plain' }] as Parameters[]) {
      const back = await logIn(km, request({ code_challenge: VERIFIER, ...method }, plain));
      const reply = await redeem(back.searchParams.get('code') ?? '', { code_verifier: VERIFIER }, plain);
      expect(reply.status).toBe(200);
    }
  });

  it.each<[string, Parameters, string]>([
    [
      'no verifier',
      {},
      'Empty PKCE code_verifier sent. This authorization code requires a PKCE verification to obtain an access token.',
    ],
    ['a malformed verifier', { code_verifier: 'short' }, 'Code verifier used is not up to RFC 7636 specifications.'],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 'PKCE validation failed'],
  ])('refuses %s', async (_, form, description) => {
    const reply = await redeem(await codeOf(challenge), form);
    expect(reply.json()).toEqual({ error_description: description, error: 'invalid_grant' });
  });
});

describe('a refused request for a code', () => {
  const ERROR_PAGE = 'https://here/authenticationendpoint/oauth2_error.do';

  const refusalOf = async (query: URLSearchParams): Promise<readonly [string, Parameters]> => {
    const { origin, pathname, searchParams } = redirectOf(await km.request(`/oauth2/authorize?${query}`));
    return [`${origin}${pathname}`, Object.fromEntries(searchParams)];
  };

  it.each<[string, () => URLSearchParams, Parameters]>([
    [
      'without a client',
      () => new URLSearchParams({ response_type: 'code' }),
      { oauthErrorCode: 'invalid_request', oauthErrorMsg: 'Invalid authorization request' },
    ],
    [
      'without a callback',
      () => new URLSearchParams({ response_type: 'code', client_id: client.id }),
      { oauthErrorCode: 'invalid_request', oauthErrorMsg: 'Redirect URI is not present in the authorization request' },
    ],
    [
      'of an unknown client',
      () => request({ client_id: 'nobody' }),
      {
        oauthErrorCode: 'invalid_client',
        oauthErrorMsg: 'A valid OAuth client could not be found for client_id: nobody',
      },
    ],
    [
      'with another callback',
      () => request({ redirect_uri: `${CALLBACK}/x` }),
      {
        oauthErrorCode: 'invalid_callback',
        oauthErrorMsg: 'Registered callback does not match with the provided url.',
      },
    ],
    [
      'with a parameter twice',
      () => new URLSearchParams([...request(), ['state', 'a'], ['state', 'b']]),
      { oauthErrorCode: 'invalid_request', oauthErrorMsg: 'Invalid authorization request with repeated parameters' },
    ],
    [
      'with a parameter longer than any column',
      () => request({ state: 's'.repeat(2049) }),
      { oauthErrorCode: 'invalid_request', oauthErrorMsg: 'Invalid authorization request' },
    ],
    [
      'with an unknown session',
      () => new URLSearchParams({ sessionDataKey: 'unknown' }),
      { oauthErrorCode: 'access_denied', oauthErrorMsg: 'Session Timed Out' },
    ],
  ])('%s is not told to the callback', async (_, query, parameters) => {
    expect(await refusalOf(query())).toEqual([ERROR_PAGE, parameters]);
  });

  it('of a client without a callback is not told anywhere', async () => {
    const own = await newClient(km, { callbackUrl: '' });
    const [page, { oauthErrorCode }] = await refusalOf(request({}, own));
    expect([page, oauthErrorCode]).toEqual([ERROR_PAGE, 'unauthorized_client']);
  });

  it.each<[string, Parameters, string]>([
    ['an unknown response type', { response_type: 'x' }, 'Invalid response_type parameter value'],
    ['no response type', { response_type: '' }, 'Missing response_type parameter value'],
    [
      'an unknown PKCE method',
      { code_challenge: S256, code_challenge_method: 'S512' },
      'Unsupported PKCE Challenge Method',
    ],
    [
      'the plain PKCE method',
      { code_challenge: VERIFIER },
      'This application does not support "plain" transformation algorithm.',
    ],
    [
      'a malformed challenge',
      { code_challenge: 'short', code_challenge_method: 'S256' },
      'Code challenge used is not up to RFC 7636 specifications.',
    ],
  ])('for %s is told to the client', async (_, parameters, message) => {
    expect(await refusalOf(request(parameters))).toEqual([
      CALLBACK,
      { oauthErrorCode: 'invalid_request', oauthErrorMsg: message },
    ]);
  });

  it.each<[string, () => Promise<Client>, Parameters, string]>([
    ['without a log-in page, for nobody is logged in', async () => client, { prompt: 'none' }, 'login_required'],
    [
      'by a client that did not register for codes',
      () => newClient(km, { grantType: 'password' }),
      {},
      'unauthorized_client',
    ],
  ])('%s has the names of the standard', async (_, of, parameters, error) => {
    const [address, answered] = await refusalOf(request({ state: 's', ...parameters }, await of()));
    expect(address).toBe(CALLBACK);
    expect(answered).toEqual({ error, error_description: expect.any(String), state: 's' });
  });

  it('without PKCE, by a client that must use it', async () => {
    const own = await newClient(km);
    await rows(km, `UPDATE IDN_OAUTH_CONSUMER_APPS SET PKCE_MANDATORY = '1' WHERE CONSUMER_KEY = ?`, [own.id]);
    const [address, { oauthErrorMsg }] = await refusalOf(request({}, own));
    expect(address).toBe(CALLBACK);
    expect(oauthErrorMsg).toMatch(/^PKCE is mandatory/);
  });

  it('for a response type that is not simulated is 501, with a line in the log', async () => {
    const reply = await km.request(`/oauth2/authorize?${request({ response_type: 'token' })}`);
    expect(reply.status).toBe(501);
    expect(km.complaints.at(-1)).toContain('response type token');
  });
});

describe('a callback registered as a pattern', () => {
  it('takes what fits it, and nothing that only contains it', async () => {
    const own = await newClient(km, { callbackUrl: 'regexp=(https://a.lab/cb|https://b.lab/cb)' });
    const placeFor = async (redirectUri: string) =>
      redirectOf(await km.request(`/oauth2/authorize?${request({ redirect_uri: redirectUri }, own)}`)).pathname;
    expect(await placeFor('https://b.lab/cb')).toBe('/authenticationendpoint/login.do');
    for (const other of ['https://a.lab/cb.evil', 'x?https://a.lab/cb', 'https://a.lab/cb\n', 'https://c.lab/cb']) {
      expect(await placeFor(other)).toBe('/authenticationendpoint/oauth2_error.do');
    }
  });
});
