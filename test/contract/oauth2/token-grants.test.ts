import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientCredentials, introspect, newClient, requestToken, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';
import { rows } from './rows.ts';

const keyManagers = useKeyManagers();

let km: KeyManager;
let client: Client;
let credentialsOnly: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
  credentialsOnly = await newClient(km, { grantType: 'client_credentials', saasApp: false });
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the token endpoint', () => {
  it('gives a client a token of its own, without a refresh token', async () => {
    const reply = await requestToken(km, credentialsOnly, { grant_type: 'client_credentials' });
    expect(reply.status).toBe(200);
    expect(reply.json()).toEqual({
      access_token: expect.stringMatching(UUID),
      scope: 'am_application_scope default',
      token_type: 'Bearer',
      expires_in: 3600,
    });
  });

  it('forbids to keep its answers', async () => {
    const { headers } = await requestToken(km, client, { grant_type: 'client_credentials' });
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'content-type': 'application/json',
    });
  });

  it.each(['admin', 'admin@carbon.super', 'PRIMARY/admin', 'ADMIN'])(
    'knows the user %s by name and password',
    async (username) => {
      const { access_token: token, refresh_token: refreshToken } = await withPassword(km, client, { username });
      expect(refreshToken).toMatch(UUID);
      expect(await introspect(km, token)).toMatchObject({ active: true, username: 'admin@carbon.super' });
    },
  );

  it('keeps a refresh token from a client that may not use one', async () => {
    const without = await newClient(km, { grantType: 'password' });
    expect(await withPassword(km, without)).not.toHaveProperty('refresh_token');
  });

  it('takes credentials in the form instead of the header', async () => {
    const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
    expect((await km.request('/oauth2/token', { form })).status).toBe(200);
  });

  it('takes the client id in the form beside the header', async () => {
    const form = { grant_type: 'client_credentials', client_id: client.id };
    expect((await km.request('/oauth2/token', { basic: client.basic, form })).status).toBe(200);
  });

  it.each<[string, number]>([
    ['120', 120],
    ['-1', 3600],
    ['-2', 9_223_372_036_854_776],
  ])('lets a client ask for a validity of %s seconds', async (period, expected) => {
    const own = await newClient(km);
    const token = await clientCredentials(km, own, { validity_period: period });
    expect(token.expires_in).toBe(expected);
    expect(await introspect(km, token.access_token)).toMatchObject({ active: true });
  });

  it('takes the validities of deployment.toml for clients registered with them', async () => {
    const node = await keyManagers.start({
      tables: { 'oauth.token_validation': { app_access_token_validity: 60, user_access_token_validity: '2m' } },
    });
    const own = await newClient(node);
    expect((await clientCredentials(node, own)).expires_in).toBe(60);
    expect((await withPassword(node, own)).expires_in).toBe(120);
  });

  it('never hands out a token without storing it, in the columns of the product', async () => {
    const own = await newClient(km);
    const token = await withPassword(km, own, { scope: 'apim:api_view openid' });
    const found = await rows(
      km,
      `SELECT t.ACCESS_TOKEN, t.REFRESH_TOKEN, t.AUTHZ_USER, t.TENANT_ID, t.USER_DOMAIN, t.USER_TYPE, t.GRANT_TYPE, t.VALIDITY_PERIOD,
         t.TOKEN_STATE, t.TOKEN_STATE_ID, s.TOKEN_SCOPE
       FROM IDN_OAUTH2_ACCESS_TOKEN t JOIN IDN_OAUTH2_ACCESS_TOKEN_SCOPE s ON s.TOKEN_ID = t.TOKEN_ID
       JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID WHERE c.CONSUMER_KEY = ? ORDER BY s.TOKEN_SCOPE`,
      [own.id],
    );
    const row = {
      ACCESS_TOKEN: token.access_token,
      REFRESH_TOKEN: token.refresh_token,
      AUTHZ_USER: 'admin',
      TENANT_ID: -1234,
      USER_DOMAIN: 'PRIMARY',
      USER_TYPE: 'APPLICATION_USER',
      GRANT_TYPE: 'password',
      VALIDITY_PERIOD: '3600000',
      TOKEN_STATE: 'ACTIVE',
      TOKEN_STATE_ID: 'NONE',
    };
    expect(found).toEqual([
      { ...row, TOKEN_SCOPE: 'apim:api_view' },
      { ...row, TOKEN_SCOPE: 'openid' },
    ]);
  });
});
