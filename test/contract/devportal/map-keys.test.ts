import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyManagerBody } from '../../../compose/wso2am/server/admin/key-managers/key-manager-body.ts';
import { insertKeyManager } from '../../../compose/wso2am/server/admin/key-managers/key-manager-store.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { errorBody } from '../publisher/schemas.ts';
import { usePortals } from './fixture.ts';
import { basic, type PortalNode } from './portal-node.ts';
import { newApplication } from './sample-applications.ts';
import { applicationKey } from './schemas.ts';

const portals = usePortals();

/** A client whose application gave it up, and its secret. */
const orphan = async (portal: PortalNode) => {
  const { path } = await newApplication(portal);
  const json = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] };
  const { body } = await portal.call(`${path}/generate-keys`, { json });
  await portal.call(`${path}/keys/PRODUCTION/clean-up`, { method: 'POST' });
  const { consumerKey, consumerSecret } = applicationKey(portal.version).parse(body);
  return { consumerKey, consumerSecret };
};

const issue = (portal: PortalNode, { consumerKey, consumerSecret }: Awaited<ReturnType<typeof orphan>>) =>
  portal.send('/oauth2/token', {
    headers: basic(consumerKey, consumerSecret),
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });

describe.each(VERSIONS)('a client that is there already, in %s', (version) => {
  it('becomes an application’s by its secret, and outlives it', async () => {
    const portal = await portals.start(version);
    const client = await orphan(portal);
    const { path } = await newApplication(portal);
    const json = { ...client, keyType: 'SANDBOX' };

    expect((await portal.call(`${path}/map-keys`, { json: { ...json, consumerSecret: 'guess' } })).status).toBe(400);
    const reply = await portal.call(`${path}/map-keys`, { json });

    expect(reply.status).toBe(200);
    const keys = applicationKey(version).parse(reply.body);
    expect(keys).toMatchObject({ ...client, keyType: 'SANDBOX', supportedGrantTypes: ['client_credentials'] });
    expect(keys.token?.accessToken).not.toBe('');
    expect((await portal.call(`${path}/keys`)).body).toEqual({ count: 1, list: [{ ...keys, token: null }] });
    expect((await portal.call(`${path}/map-keys`, { json })).status).toBe(409);
    const { path: other } = await newApplication(portal);
    expect((await portal.call(`${other}/map-keys`, { json })).status).toBe(409);

    expect((await portal.call(path, { method: 'DELETE' })).status).toBe(200);
    expect((await issue(portal, client)).status).toBe(200);
    expect((await portal.call(`${other}/map-keys`, { json })).status).toBe(200);
  });
});

describe('a client of another Key Manager', () => {
  const start = async (changes: object = {}) => {
    const portal = await portals.start('3.2.0');
    const keyManager = `Okta ${randomUUID()}`;
    const { id } = await insertKeyManager(
      portal.apim,
      keyManagerBody.parse({ name: keyManager, type: 'Okta', ...changes }),
    );
    return { portal, keyManager, id, ...(await newApplication(portal)) };
  };

  it('is mapped beside keys of the resident one, of which its Portal knows no more than the key', async () => {
    const { portal, keyManager, id, path } = await start();
    const consumerKey = randomUUID();
    const asked = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] };
    await portal.call(`${path}/generate-keys`, { json: asked });

    const reply = await portal.call(`${path}/map-keys`, {
      json: { keyType: 'PRODUCTION', consumerKey, keyManager: id },
    });

    expect(reply.status).toBe(200);
    const { keyMappingId, ...keys } = applicationKey('3.2.0').loose().parse(reply.body);
    expect(keys).toMatchObject({ keyManager, mode: 'MAPPED', consumerKey, consumerSecret: '' });
    expect(keys.token).toEqual({ accessToken: '', tokenScopes: ['N/A'], validityTime: 0 });
    const oauthKeys = `${path}/oauth-keys/${String(keyMappingId)}`;
    expect((await portal.call(oauthKeys)).body).toEqual({ ...keys, keyMappingId, token: null });
    expect((await portal.call(`${path}/keys/PRODUCTION`)).body).toMatchObject({ keyManager: 'Resident Key Manager' });
    expect((await portal.call(`${oauthKeys}/generate-token`, { json: {} })).status).toBe(501);
    expect((await portal.call(`${oauthKeys}/clean-up`, { method: 'POST' })).status).toBe(200);
    expect((await portal.call(`${path}/keys`)).body).toMatchObject({ count: 1, list: [{ mode: 'CREATED' }] });
  });

  it('goes with its application', async () => {
    const { portal, keyManager, path } = await start();
    const json = { keyType: 'PRODUCTION', consumerKey: 'abroad', keyManager };
    await portal.call(`${path}/map-keys`, { json });

    expect((await portal.call(path, { method: 'DELETE' })).status).toBe(200);

    const { path: other } = await newApplication(portal);
    expect((await portal.call(`${other}/map-keys`, { json })).status).toBe(200);
  });

  it.each([
    ['unknown', {}, { keyManager: 'nobody' }],
    ['switched off', { enabled: false }, {}],
    ['named by a client without key', {}, { consumerKey: '' }],
  ])('is refused where that is %s', async (_what, settings, changes) => {
    const { portal, keyManager, path } = await start(settings);
    const json = { keyType: 'PRODUCTION', consumerKey: 'abroad', keyManager, ...changes };

    const reply = await portal.call(`${path}/map-keys`, { json });

    expect(reply.status).toBe(400);
    errorBody.parse(reply.body);
  });
});
