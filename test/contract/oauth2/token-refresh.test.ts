import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, introspect, newClient, refresh, tokensOf, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';

const keyManagers = useKeyManagers();

describe('refreshing', () => {
  const HOUR = 3_600_000;
  let now = Date.UTC(2031, 0, 1);
  let node: KeyManager;
  let own: Client;

  beforeAll(async () => {
    node = await keyManagers.start({ clock: () => now });
    own = await newClient(node);
  });

  const first = async (scope = 'apim:api_view apim:api_create') => {
    const { access_token, refresh_token, ...rest } = await withPassword(node, own, { scope });
    return { ...rest, access_token, refresh_token: refresh_token ?? '' };
  };

  it('brings a new pair with the same scopes, takes the old one out of use and says so', async () => {
    const old = await first();
    const reply = await refresh(node, own, old.refresh_token);
    const renewed = await tokensOf(reply);
    expect(reply.headers.get('deactivatedaccesstoken')).toBe(old.access_token);
    expect(renewed).toMatchObject({ scope: old.scope, expires_in: 3600 });
    expect(renewed.access_token).not.toBe(old.access_token);
    expect(renewed.refresh_token).not.toBe(old.refresh_token);
    expect(await introspect(node, old.access_token)).toEqual({ active: false });
    expect(await introspect(node, renewed.access_token)).toMatchObject({
      active: true,
      username: 'admin@carbon.super',
    });
    expect(node.revoked).toEqual([]);
  });

  it('works after the access token has expired', async () => {
    const old = await first();
    now += 2 * HOUR;
    expect((await refresh(node, own, old.refresh_token)).status).toBe(200);
  });

  it('may ask for fewer scopes', async () => {
    const old = await first();
    const renewed = await tokensOf(refresh(node, own, old.refresh_token, { scope: 'apim:api_view' }));
    expect(renewed.scope).toBe('apim:api_view');
  });

  it('with fewer scopes replaces the token that has those already', async () => {
    const narrow = await first('apim:api_create');
    const wide = await first();
    const renewed = await tokensOf(refresh(node, own, wide.refresh_token, { scope: 'apim:api_create' }));
    expect(await introspect(node, narrow.access_token)).toEqual({ active: false });
    expect(renewed.refresh_token).not.toBe(narrow.refresh_token);
  });

  it.each<[string, () => Promise<string>, Readonly<Record<string, string>>, readonly [string, string]]>([
    [
      'for other scopes',
      async () => (await first()).refresh_token,
      { scope: 'apim:api_publish' },
      ['invalid_scope', 'Invalid Scope!'],
    ],
    [
      'with a used token',
      async () => {
        const { refresh_token: token } = await first();
        await refresh(node, own, token);
        return token;
      },
      {},
      ['invalid_grant', 'Invalid refresh token state'],
    ],
    [
      'with an expired token',
      async () => {
        const { refresh_token: token } = await first();
        now += 24 * HOUR;
        return token;
      },
      {},
      ['invalid_grant', 'Refresh token is expired.'],
    ],
    [
      "with another client's token",
      async () => (await withPassword(node, await newClient(node))).refresh_token ?? '',
      {},
      ['invalid_grant', 'Persisted access token data not found'],
    ],
    [
      'with an access token',
      async () => (await first()).access_token,
      {},
      ['invalid_grant', 'Persisted access token data not found'],
    ],
  ])('%s is refused', async (_, token, form, [error, description]) => {
    const reply = await refresh(node, own, await token(), form);
    expect({ status: reply.status, body: reply.json() }).toEqual({
      status: 400,
      body: { error_description: description, error },
    });
  });

  it('leaves the token usable that it was refused for', async () => {
    const old = await first();
    await refresh(node, own, old.refresh_token, { scope: 'apim:api_publish' });
    expect((await refresh(node, own, old.refresh_token)).status).toBe(200);
  });
});
