import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, introspect, newClient, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager, RequestParts } from './key-manager.ts';
import { addUser } from './rows.ts';

const keyManagers = useKeyManagers();
let km: KeyManager;
let client: Client;

beforeAll(async () => {
  km = keyManagers.km;
  client = await newClient(km);
  await addUser(km, 'carol', ['creator']);
});

describe('introspection', () => {
  it('tells what an access token is for, and until when', async () => {
    const { access_token: token } = await withPassword(km, client, { scope: 'openid apim:api_view' });
    const facts = await introspect(km, token);
    expect(facts).toEqual({
      active: true,
      scope: 'apim:api_view openid',
      client_id: client.id,
      username: 'admin@carbon.super',
      token_type: 'Bearer',
      nbf: facts.iat,
      iat: expect.any(Number),
      exp: Number(facts.iat) + 3600,
    });
  });

  it('tells of a refresh token, with its own time', async () => {
    const { refresh_token: token = '' } = await withPassword(km, client);
    const facts = await introspect(km, token);
    expect(facts).toMatchObject({ active: true, token_type: 'Refresh', client_id: client.id });
    expect(facts.exp).toBe(Number(facts.iat) + 86_400);
  });

  it.each(['access_token', 'refresh_token', 'bearer', 'nonsense'])('takes the hint %s for a hint', async (hint) => {
    const { access_token: token } = await withPassword(km, client);
    const request = { basic: ['admin', 'admin'], form: { token, token_type_hint: hint } } as const;
    expect((await km.request('/oauth2/introspect', request)).json()).toMatchObject({ active: true });
  });

  it('says of an unknown token that it is not active, and no more', async () => {
    expect(await introspect(km, 'unknown')).toEqual({ active: false });
  });

  it.each<[string, RequestParts]>([
    ['an empty token', { form: { token: '' } }],
    ['a blank token', { form: { token: '  ' } }],
    ['no token', { form: {} }],
    ['another format', { headers: { 'Content-Type': 'application/json' }, body: '{"token":"x"}' }],
  ])('refuses %s', async (_, request) => {
    const reply = await km.request('/oauth2/introspect', { basic: ['admin', 'admin'], ...request });
    expect({ status: reply.status, body: reply.json() }).toEqual({ status: 400, body: { error: 'Invalid input' } });
  });

  it.each<[string, RequestParts, number]>([
    ['nobody', {}, 401],
    ['a wrong password', { basic: ['admin', 'wrong'] }, 401],
    ['a user who is not an admin', { basic: ['carol', 'secret'] }, 403],
  ])('is not for %s', async (_, request, status) => {
    const reply = await km.request('/oauth2/introspect', { form: { token: 'x' }, ...request });
    expect({ status: reply.status, text: reply.text }).toEqual({ status, text: '' });
  });

  it("is for the role that deployment.toml calls the admins'", async () => {
    const node = await keyManagers.start({
      tables: { super_admin: { username: 'admin', password: 'admin', admin_role: 'Internal/creator' } },
    });
    const statusFor = async (name: string, password: string) =>
      (await node.request('/oauth2/introspect', { basic: [name, password], form: { token: 'x' } })).status;
    expect(await statusFor('carol', 'secret')).toBe(200);
  });
});
