import { createHash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { VERSION_FACTS, VERSIONS } from '../../../lab/product/versions.ts';
import { type Client, clientCredentials, newClient, refresh, tokensOf, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, RequestParts } from './key-manager.ts';

const keyManagers = useKeyManagers();
let km: KeyManager;
let client: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
});

describe('the id_token', () => {
  it('comes with the scope openid, for the client, about the user and the access token', async () => {
    const { access_token: token, id_token: idToken = '' } = await withPassword(km, client, { scope: 'openid' });
    const keys = createRemoteJWKSet(new URL(`${km.baseUrl}/oauth2/jwks`), { [customFetch]: km.fetch });
    const { payload } = await jwtVerify(idToken, keys, { issuer: `${km.baseUrl}/oauth2/token`, audience: client.id });
    const { iat = 0 } = payload;
    expect(payload).toEqual({
      sub: 'admin@carbon.super',
      aud: [client.id],
      azp: client.id,
      iss: `${km.baseUrl}/oauth2/token`,
      amr: ['password'],
      at_hash: createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url'),
      iat,
      nbf: iat,
      exp: iat + 3600,
    });
  });

  it('comes with a refresh too', async () => {
    const { refresh_token: refreshToken = '' } = await withPassword(km, client, { scope: 'openid' });
    expect(await tokensOf(refresh(km, client, refreshToken))).toHaveProperty('id_token');
  });

  it('does not come without the scope, nor with client_credentials', async () => {
    expect(await withPassword(km, client, { scope: 'apim:api_view' })).not.toHaveProperty('id_token');
    expect(await clientCredentials(km, client, { scope: 'openid' })).not.toHaveProperty('id_token');
  });
});

describe('userinfo', () => {
  it.each<[string, (token: string) => RequestParts]>([
    ['in the header', (token) => ({ headers: { Authorization: `Bearer ${token}` } })],
    ['in the header of a POST', (token) => ({ method: 'POST', headers: { Authorization: `Bearer ${token}` } })],
    ['in the form', (token) => ({ form: { access_token: token } })],
  ])('names the user of a token %s', async (_, request) => {
    const { access_token: token } = await withPassword(km, client, { scope: 'openid' });
    const reply = await km.request('/oauth2/userinfo', request(token));
    expect({ status: reply.status, body: reply.json() }).toEqual({ status: 200, body: { sub: 'admin@carbon.super' } });
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('names the user of a token in the query', async () => {
    const { access_token: token } = await withPassword(km, client, { scope: 'openid' });
    expect((await km.request(`/oauth2/userinfo?access_token=${token}`)).json()).toEqual({ sub: 'admin@carbon.super' });
  });

  const authorization = (value: string): RequestParts => ({ headers: { Authorization: value } });

  it.each<[string, () => Promise<RequestParts>, readonly [number, string, string]]>([
    ['no token', async () => ({}), [400, 'invalid_request', 'Bearer token missing']],
    ['another scheme', async () => authorization('Basic YTpi'), [400, 'invalid_request', 'Bearer token missing']],
    ['a scheme without a token', async () => authorization('Bearer'), [400, 'invalid_request', 'Bearer token missing']],
    [
      'an unknown token',
      async () => authorization('Bearer unknown'),
      [401, 'invalid_token', 'Access token validation failed'],
    ],
    [
      'a revoked token',
      async () => {
        const { access_token: token } = await withPassword(km, client, { scope: 'openid device_revoked' });
        await km.request('/oauth2/revoke', { basic: client.basic, form: { token } });
        return authorization(`Bearer ${token}`);
      },
      [401, 'invalid_token', 'Access token validation failed'],
    ],
    [
      'a token without the scope',
      async () => authorization(`Bearer ${(await withPassword(km, client)).access_token}`),
      [403, 'insufficient_scope', 'Access token does not have the openid scope'],
    ],
  ])('refuses %s', async (_, request, [status, error, description]) => {
    const reply = await km.request('/oauth2/userinfo', await request());
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status,
      body: { error_description: description, error },
    });
    expect(reply.headers.get('www-authenticate')).toBe(`Bearer error="${error}"`);
  });
});

describe('what a node publishes', () => {
  it('is one RSA key for signatures', async () => {
    const reply = await km.request('/oauth2/jwks');
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.json()).toEqual({
      keys: [
        {
          kty: 'RSA',
          e: 'AQAB',
          use: 'sig',
          kid: expect.stringMatching(/^[\w-]+_RS256$/),
          alg: 'RS256',
          n: expect.any(String),
        },
      ],
    });
  });

  it.each(VERSIONS)('in %s is where its endpoints are, under both paths of discovery', async (version) => {
    const node = await keyManagers.start({ version });
    const [token, other] = await Promise.all(
      ['token', 'oidcdiscovery'].map((each) => node.request(`/oauth2/${each}/.well-known/openid-configuration`)),
    );
    expect(other?.text).toBe(token?.text);
    expect(token?.json()).toMatchObject({
      issuer: `${node.baseUrl}/oauth2/token`,
      token_endpoint: `${node.baseUrl}/oauth2/token`,
      jwks_uri: `${node.baseUrl}/oauth2/jwks`,
      registration_endpoint: `${node.baseUrl}${VERSION_FACTS[version].dcrPath}`,
    });
  });

  it('names endpoints that are there', async () => {
    const document = (await km.request('/oauth2/token/.well-known/openid-configuration')).json();
    const urls = Object.entries(document)
      .filter(([name]) => /_endpoint$|_uri$/.test(name))
      .map(([, url]) => String(url));
    const statuses = await Promise.all(urls.map(async (url) => (await km.request(new URL(url).pathname)).status));
    expect(urls).toHaveLength(8);
    expect(statuses).not.toContain(404);
  });
});
