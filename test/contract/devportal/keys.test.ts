import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validateKey } from '../../../compose/wso2am/server/key-validation/validate-key.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { errorBody } from '../publisher/schemas.ts';
import { usePortals } from './fixture.ts';
import { basic, type PortalNode } from './portal-node.ts';
import { newApplication } from './sample-applications.ts';
import { applicationKey, subscriptionSchema } from './schemas.ts';

const portals = usePortals();
let node: PortalNode;

beforeAll(async () => {
  node = await portals.start();
});

const ASKED = {
  keyType: 'PRODUCTION',
  grantTypesToBeSupported: ['password', 'client_credentials', 'refresh_token', 'authorization_code'],
  callbackUrl: '',
  validityTime: 3600,
  scopes: ['default'],
};

const generate = async (portal: PortalNode, path: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const reply = await portal.call(`${path}/generate-keys`, { json: { ...ASKED, ...changes } });
  expect(reply.status).toBe(200);
  return applicationKey(portal.version).parse(reply.body);
};

const accessToken = z.object({ access_token: z.string(), scope: z.string() });

const clientCredentials = (portal: PortalNode, key: string, secret: string) =>
  portal.send('/oauth2/token', {
    headers: basic(key, secret),
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });

const validate = (portal: PortalNode, token: string, context: string) =>
  validateKey(
    { database: portal.apim, clock: Date.now, clockSkewMs: 0 },
    {
      context: `${context}/1.0.0`,
      version: '1.0.0',
      accessToken: token,
      requiredAuthenticationLevel: 'Any',
      matchingResource: '/menu',
      httpVerb: 'GET',
    },
  );

describe.each(VERSIONS)('keys of %s', (version) => {
  it('come with a token, are listed, and are a client of the token endpoint', async () => {
    const portal = await portals.start(version);
    const { path } = await newApplication(portal);

    const keys = await generate(portal, path);

    expect(keys).toMatchObject({ keyState: 'APPROVED', keyType: 'PRODUCTION', callbackUrl: '' });
    expect(keys.supportedGrantTypes).toEqual(['password', 'client_credentials', 'refresh_token']);
    expect(keys.token?.tokenScopes).toEqual(version === '3.2.0' ? ['default'] : ['am_application_scope', 'default']);
    expect(keys.token?.validityTime).toBe(3600);
    const shown = { ...keys, keyState: 'COMPLETED', token: null };
    expect((await portal.call(`${path}/keys`)).body).toEqual({ count: 1, list: [shown] });
    expect((await portal.call(`${path}/keys/PRODUCTION`)).body).toEqual(shown);
    expect((await portal.call(path)).body).toMatchObject({ keys: [shown] });
    const issued = await clientCredentials(portal, keys.consumerKey, keys.consumerSecret);
    expect(accessToken.parse(issued.body).access_token).toBe(keys.token?.accessToken);
  });

  it('let a subscriber call the API: the Key Manager finds token, client, application, subscription and API', async () => {
    const portal = await portals.start(version);
    const api = await portal.api();
    const { applicationId, path } = await newApplication(portal);
    const keys = await generate(portal, path, { keyType: 'SANDBOX', validityTime: '600' });
    const token = keys.token?.accessToken ?? '';
    expect(await validate(portal, token, api.context)).toMatchObject({ authorized: false, validationStatus: 900908 });

    const reply = await portal.call('/subscriptions', {
      json: { apiId: api.id, applicationId, throttlingPolicy: 'Bronze' },
    });

    expect(reply.status).toBe(201);
    expect(subscriptionSchema(version).parse(reply.body)).toMatchObject({
      status: 'UNBLOCKED',
      apiInfo: { name: api.name },
      applicationInfo: { subscriptionCount: 1 },
    });
    expect(await validate(portal, token, api.context)).toMatchObject({
      authorized: true,
      validationStatus: 0,
      apiName: api.name,
      tier: 'Bronze',
      type: 'SANDBOX',
      subscriber: 'admin',
      consumerKey: keys.consumerKey,
      applicationTier: 'Unlimited',
    });
  });

  it('of an application for JWTs come with a JWT', async () => {
    const portal = await portals.start(version);
    const { path } = await newApplication(portal, 'JWT');

    const keys = await generate(portal, path);

    expect(keys.token?.accessToken.split('.')).toHaveLength(3);
  });
});

describe('keys', () => {
  it('are made once for each type, even when two nodes are asked at the same moment', async () => {
    const other = await portals.start();
    const { path } = await newApplication(node);

    const replies = await Promise.all(
      [node, other, node].map((each) => each.call(`${path}/generate-keys`, { json: ASKED })),
    );

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await node.call(`${path}/generate-keys`, { json: ASKED })).status).toBe(409);
    await generate(node, path, { keyType: 'SANDBOX' });
    expect((await node.call(`${path}/keys`)).body).toMatchObject({ count: 2 });
  });

  it('of 3.2.0 are also found by their mapping', async () => {
    const portal = await portals.start('3.2.0');
    const { path } = await newApplication(portal);
    const { token, ...keys } = z.looseObject({ keyMappingId: z.string() }).parse(await generate(portal, path));

    const found = await portal.call(`${path}/oauth-keys/${keys.keyMappingId}`);

    expect(token).not.toBeNull();
    expect(found.body).toEqual({ ...keys, keyState: 'COMPLETED', token: null });
    expect((await portal.call(`${path}/oauth-keys/nothing`)).status).toBe(404);
    const made = await portal.call(`${path}/oauth-keys/${keys.keyMappingId}/generate-token`, { json: {} });
    expect(made.status).toBe(200);
  });

  it('give another token for one that is revoked, and tell the gateways', async () => {
    const { path } = await newApplication(node);
    const keys = await generate(node, path);
    const revokeToken = keys.token?.accessToken ?? '';
    const json = { consumerSecret: keys.consumerSecret, validityPeriod: 60, scopes: ['default'], revokeToken };

    const reply = await node.call(`${path}/keys/PRODUCTION/generate-token`, { json });

    expect(reply.status).toBe(200);
    const made = z.strictObject({ accessToken: z.string(), tokenScopes: z.array(z.string()), validityTime: z.int() });
    const token = made.parse(reply.body);
    expect(token).toMatchObject({ tokenScopes: ['am_application_scope', 'default'], validityTime: 60 });
    expect(token.accessToken).not.toBe(revokeToken);
    expect(node.revoked.map((each) => each.token)).toContain(revokeToken);
    const again = await node.call(`${path}/keys/PRODUCTION/generate-token`, { json: {} });
    expect(made.parse(again.body).accessToken).toBe(token.accessToken);
  });

  it('change in grants and callback, and the token endpoint heeds it', async () => {
    const { path } = await newApplication(node);
    const { consumerKey, consumerSecret } = await generate(node, path);
    const json = { supportedGrantTypes: ['password', 'authorization_code'], callbackUrl: 'https://app.lab/back' };

    const reply = await node.call(`${path}/keys/PRODUCTION`, { method: 'PUT', json });

    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject(json);
    expect((await node.call(`${path}/keys/PRODUCTION`)).body).toEqual(reply.body);
    expect((await clientCredentials(node, consumerKey, consumerSecret)).status).toBe(400);
    const refused = await node.call(`${path}/keys/PRODUCTION`, {
      method: 'PUT',
      json: { supportedGrantTypes: ['magic'] },
    });
    expect(refused.status).toBe(400);
  });

  it('get another secret; the former one opens nothing any more, nor do tokens, of which nobody is told', async () => {
    const api = await node.api();
    const { path } = await newApplication(node);
    const { consumerKey, consumerSecret, token } = await generate(node, path);
    const told = node.revoked.length;
    expect(await validate(node, token?.accessToken ?? '', api.context)).toMatchObject({ validationStatus: 900908 });

    const reply = await node.call(`${path}/keys/PRODUCTION/regenerate-secret`, { method: 'POST' });

    const made = z.strictObject({ consumerKey: z.string(), consumerSecret: z.string() }).parse(reply.body);
    expect(made.consumerKey).toBe(consumerKey);
    expect((await clientCredentials(node, consumerKey, consumerSecret)).status).toBe(401);
    expect((await clientCredentials(node, consumerKey, made.consumerSecret)).status).toBe(200);
    expect(await validate(node, token?.accessToken ?? '', api.context)).toMatchObject({ validationStatus: 900901 });
    expect(node.revoked).toHaveLength(told);
  });

  it('go with their application: client, tokens, subscriptions', async () => {
    const api = await node.api();
    const { applicationId, path } = await newApplication(node);
    const keys = await generate(node, path);
    const token = keys.token?.accessToken ?? '';
    await node.call('/subscriptions', { json: { apiId: api.id, applicationId, throttlingPolicy: 'Bronze' } });
    expect(await validate(node, token, api.context)).toMatchObject({ authorized: true });

    expect((await node.call(path, { method: 'DELETE' })).status).toBe(200);

    expect(await validate(node, token, api.context)).toMatchObject({ authorized: false, validationStatus: 900901 });
    expect(node.applicationChanges.at(-1)).toMatchObject({ change: 'deleted', deletedTokens: [token] });
    expect((await clientCredentials(node, keys.consumerKey, keys.consumerSecret)).status).toBe(401);
    for (const table of ['AM_SUBSCRIPTION', 'AM_APPLICATION_KEY_MAPPING']) {
      const rows = await node.apim.query(
        `SELECT 1 FROM ${table} t LEFT JOIN AM_APPLICATION a ON a.APPLICATION_ID = t.APPLICATION_ID WHERE a.UUID IS NULL`,
      );
      expect(rows, table).toEqual([]);
    }
    expect(await node.apim.query('SELECT 1 FROM SP_APP WHERE APP_NAME LIKE ?', [`${applicationId}%`])).toEqual([]);
  });

  it.each([
    ['no key type', { keyType: undefined }],
    ['an unknown key type', { keyType: 'STAGING' }],
    ['no grant types', { grantTypesToBeSupported: undefined }],
    ['an unknown grant type', { grantTypesToBeSupported: ['magic'] }],
    ['a callback that breaks headers', { callbackUrl: 'https://a\r\nX: y' }],
    ['a validity of nothing', { validityTime: 0 }],
    ['a validity that is no number', { validityTime: 'soon' }],
    ['a scope with a quote', { scopes: ['a"b'] }],
  ])('are refused with %s', async (_what, changes) => {
    const { path } = await newApplication(node);

    const reply = await node.call(`${path}/generate-keys`, { json: { ...ASKED, ...changes } });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).error).not.toEqual([]);
    expect((await node.call(`${path}/keys`)).body).toEqual({ count: 0, list: [] });
  });

  it('are not found where there are none, and refused to others', async () => {
    const headers = await node.addUser('sam');
    const { path } = await newApplication(node);

    expect((await node.call(`${path}/keys/PRODUCTION`)).status).toBe(404);
    expect((await node.call(`${path}/keys/STAGING`)).status).toBe(400);
    expect((await node.call(`${path}/keys`, { headers })).status).toBe(403);
    expect((await node.call(`${path}/generate-keys`, { headers, json: ASKED })).status).toBe(403);
    await generate(node, path);
    const json = { consumerSecret: 'wrong' };
    expect((await node.call(`${path}/keys/PRODUCTION/generate-token`, { json })).status).toBe(400);
    expect((await node.call(`${path}/keys/PRODUCTION/generate-token`, { json: {}, headers })).status).toBe(403);
  });
});
