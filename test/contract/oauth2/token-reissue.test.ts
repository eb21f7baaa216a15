import { beforeAll, describe, expect, it } from 'vitest';
import { clientCredentials, introspect, newClient, withPassword } from './clients.ts';
import { useKeyManagers } from './fixture.ts';
import type { KeyManager } from './key-manager.ts';
import { rows } from './rows.ts';

const keyManagers = useKeyManagers();

describe('asking again', () => {
  const start = Date.UTC(2030, 0, 1);
  let now = start;
  let node: KeyManager;

  beforeAll(async () => {
    node = await keyManagers.start({ clock: () => now });
  });

  it('brings the same opaque token with what is left of its time', async () => {
    const own = await newClient(node);
    const first = await withPassword(node, own);
    now += 600_000;
    expect(await withPassword(node, own)).toEqual({ ...first, expires_in: 3000 });
  });

  it('with other scopes brings another token, and the first one again with the first ones in any order', async () => {
    const own = await newClient(node);
    const first = await withPassword(node, own, { scope: 'apim:api_view apim:api_create' });
    const other = await withPassword(node, own, { scope: 'apim:api_view' });
    const again = await withPassword(node, own, { scope: 'apim:api_create  apim:api_view apim:api_create' });
    expect(other.access_token).not.toBe(first.access_token);
    expect(again).toEqual(first);
    expect(await introspect(node, first.access_token)).toMatchObject({ active: true });
  });

  it('after the time is up brings a new token, and the same refresh token while that is valid', async () => {
    const own = await newClient(node);
    const first = await withPassword(node, own);
    now += 3_600_000;
    expect(await introspect(node, first.access_token)).toEqual({ active: false });
    const second = await withPassword(node, own);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second).toMatchObject({ refresh_token: first.refresh_token, expires_in: 3600 });
    now += 86_400_000;
    expect((await withPassword(node, own)).refresh_token).not.toBe(first.refresh_token);
  });

  it('in the last second of a token brings a new one already', async () => {
    const own = await newClient(node);
    const first = await clientCredentials(node, own, { validity_period: '10' });
    now += 8_999;
    expect((await clientCredentials(node, own)).access_token).toBe(first.access_token);
    now += 1;
    expect((await clientCredentials(node, own)).access_token).not.toBe(first.access_token);
  });

  it('gives a token the time that clocks may differ, where that is set', async () => {
    const tolerant = await keyManagers.start({ clock: () => now, tables: { oauth: { timestamp_skew: 300 } } });
    const own = await newClient(tolerant);
    const { access_token: token } = await clientCredentials(tolerant, own, { validity_period: '10' });
    now += 300_000;
    expect(await introspect(tolerant, token)).toMatchObject({ active: true });
    now += 10_000;
    expect(await introspect(tolerant, token)).toEqual({ active: false });
  });

  it('brings the same token for ever where it never expires', async () => {
    const own = await newClient(node);
    const first = await clientCredentials(node, own, { validity_period: '-2' });
    now += 1000 * 86_400_000;
    expect(await clientCredentials(node, own)).toEqual(first);
    expect(await introspect(node, first.access_token)).not.toHaveProperty('exp');
  });

  it('for a refresh token replaces a token that was stored without one', async () => {
    const own = await newClient(node);
    const first = await withPassword(node, own);
    await rows(
      node,
      `UPDATE IDN_OAUTH2_ACCESS_TOKEN SET REFRESH_TOKEN = NULL, REFRESH_TOKEN_TIME_CREATED = NULL,
         REFRESH_TOKEN_VALIDITY_PERIOD = NULL WHERE ACCESS_TOKEN = ?`,
      [first.access_token],
    );
    const second = await withPassword(node, own);
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not mix tokens of a client and of a user', async () => {
    const own = await newClient(node);
    const ofClient = await clientCredentials(node, own);
    expect((await withPassword(node, own)).access_token).not.toBe(ofClient.access_token);
  });
});
