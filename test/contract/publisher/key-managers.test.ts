import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keyManagerBodies } from '../../../compose/wso2am/server/event-hub/lists/key-managers.ts';
import { usePublishers } from './fixture.ts';
import type { PublisherNode, Request } from './publisher-node.ts';
import { errorBody } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;
beforeAll(async () => {
  node = await publishers.start('3.2.0');
});

const BASE = '/api/am/admin/v1/key-managers';
const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

const call = (path = '', request: Request = {}) => node.send(BASE + path, { headers: ADMIN, ...request });

const info = {
  id: z.string(),
  name: z.string(),
  type: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
};
const list = z.strictObject({ count: z.int(), list: z.array(z.strictObject(info)) });
const text = z.string().nullable();
const keyManager = z.strictObject({
  ...info,
  displayName: z.string(),
  introspectionEndpoint: text,
  clientRegistrationEndpoint: text,
  tokenEndpoint: text,
  revokeEndpoint: text,
  userInfoEndpoint: text,
  authorizeEndpoint: text,
  scopeManagementEndpoint: text,
  issuer: text,
  consumerKeyClaim: text,
  scopesClaim: text,
  enableTokenGeneration: z.boolean(),
  enableTokenEncryption: z.boolean(),
  enableTokenHashing: z.boolean(),
  enableMapOAuthConsumerApps: z.boolean(),
  enableOAuthAppCreation: z.boolean(),
  enableSelfValidationJWT: z.boolean(),
  certificates: z.strictObject({ type: z.enum(['JWKS', 'PEM']), value: z.string() }).nullable(),
  availableGrantTypes: z.array(z.string()),
  claimMapping: z.array(z.strictObject({ remoteClaim: z.string(), localClaim: z.string() })),
  tokenValidation: z.array(z.looseObject({ enable: z.boolean(), type: z.string() })),
  additionalProperties: z.looseObject({}),
});

const newKeyManager = (changes: object = {}) => ({
  name: 'Okta',
  displayName: 'Okta of the lab',
  type: 'Okta',
  description: 'somewhere else',
  issuer: 'https://okta.lab',
  tokenEndpoint: 'https://okta.lab/token',
  introspectionEndpoint: 'https://okta.lab/introspect',
  certificates: { type: 'JWKS', value: 'https://okta.lab/keys' },
  availableGrantTypes: ['client_credentials'],
  consumerKeyClaim: 'cid',
  scopesClaim: 'scp',
  claimMapping: [{ remoteClaim: 'sub', localClaim: 'http://wso2.org/claims/enduser' }],
  tokenValidation: [{ id: 1, enable: true, type: 'JWT', value: { body: { iss: 'https://okta.lab' } } }],
  enableSelfValidationJWT: true,
  additionalProperties: { apiKey: 's3cret' },
  ...changes,
});

describe('Key Managers of the Admin API of 3.2.0', () => {
  it('have the resident one among them', async () => {
    const { list: found } = list.parse((await call()).body);
    expect(found).toMatchObject([{ name: 'Resident Key Manager', type: 'default', enabled: true }]);

    const resident = keyManager.parse((await call(`/${found[0]?.id}`)).body);
    expect(resident.tokenValidation).toMatchObject([{ type: 'REFERENCE' }]);
  });

  it('are added, and known to gateways by their settings', async () => {
    const reply = await call('', { json: newKeyManager() });
    const made = keyManager.parse(reply.body);

    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/key-managers/${made.id}`);
    expect(made).toMatchObject(newKeyManager());
    expect((await call(`/${made.id}`)).body).toEqual(reply.body);
    const configuration = {
      issuer: 'https://okta.lab',
      token_endpoint: 'https://okta.lab/token',
      introspection_endpoint: 'https://okta.lab/introspect',
      certificate_type: 'JWKS',
      certificate_value: 'https://okta.lab/keys',
      grant_types: ['client_credentials'],
      consumer_key_claim: 'cid',
      scopes_claim: 'scp',
      self_validate_jwt: true,
      token_format_string: JSON.stringify(newKeyManager().tokenValidation),
      apiKey: 's3cret',
    };
    const told = node.keyManagerChanges.at(-1);
    expect(told).toMatchObject({ change: 'created', name: 'Okta', type: 'Okta', enabled: true, configuration });
    expect(await keyManagerBodies(node.apim)).toContainEqual({
      name: 'Okta',
      type: 'Okta',
      enabled: true,
      tenantDomain: 'carbon.super',
      configuration: told?.configuration,
    });
  });

  it('change but for their names, and gateways hear of it', async () => {
    const { id } = keyManager.parse((await call('', { json: newKeyManager({ name: 'Changing' }) })).body);
    const changed = { name: 'Changing', type: 'Okta', enabled: false, issuer: 'https://other.lab' };
    const reply = await call(`/${id}`, { method: 'PUT', json: changed });

    expect(reply.status).toBe(200);
    expect(keyManager.parse(reply.body)).toMatchObject({ ...changed, certificates: null, availableGrantTypes: [] });
    expect(node.keyManagerChanges.at(-1)).toMatchObject({ change: 'updated', name: 'Changing', enabled: false });
    const renamed = await call(`/${id}`, { method: 'PUT', json: { ...changed, name: 'Another' } });
    expect([renamed.status, errorBody.parse(renamed.body).message]).toEqual([400, 'Bad Request']);
  });

  it('go, and gateways hear of it; the resident one stays', async () => {
    const { id } = keyManager.parse((await call('', { json: newKeyManager({ name: 'Going' }) })).body);

    expect((await call(`/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect(node.keyManagerChanges.at(-1)).toMatchObject({ change: 'deleted', name: 'Going' });
    expect((await call(`/${id}`)).status).toBe(404);
    const resident = list.parse((await call()).body).list.find(({ type }) => type === 'default');
    expect((await call(`/${resident?.id}`, { method: 'DELETE' })).status).toBe(500);
    expect((await call(`/${resident?.id}`)).status).toBe(200);
  });

  it('are found by what an authorization server says of itself, here the node', async () => {
    const url = node.url('/oauth2/token/.well-known/openid-configuration');
    const discover = (fields: Readonly<Record<string, string>>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return call('/discover', { method: 'POST', body });
    };
    const found = await discover({ url, type: 'Okta' });

    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({
      valid: true,
      value: {
        type: 'Okta',
        issuer: expect.stringContaining('/oauth2/token'),
        tokenEndpoint: expect.stringContaining('/oauth2/token'),
        certificates: { type: 'JWKS', value: expect.stringContaining('/oauth2/jwks') },
        enableSelfValidationJWT: true,
      },
    });
    expect((await discover({ type: 'Okta' })).body).toEqual({ valid: false, value: null });
    expect((await discover({ url: node.url('/oauth2/jwks/nothing'), type: 'Okta' })).status).toBe(400);
    expect((await discover({ url: 'file:///etc/passwd', type: 'Okta' })).status).toBe(400);
  });

  it('have a name of their own each', async () => {
    await call('', { json: newKeyManager({ name: 'Twin' }) });

    expect((await call('', { json: newKeyManager({ name: 'Twin' }) })).status).toBe(409);
  });

  it.each([
    ['no name', { name: '' }],
    ['a name that is too long', { name: 'x'.repeat(101) }],
    ['no type', { type: undefined }],
    ['an unknown kind of certificate', { certificates: { type: 'X', value: '' } }],
    ['an unknown kind of token', { tokenValidation: [{ type: 'X', value: '' }] }],
    ['a flag that is none', { enabled: 'yes' }],
    ['an endpoint that is none', { tokenEndpoint: 7 }],
  ])('are refused with %s', async (_what, changes) => {
    const reply = await call('', { json: newKeyManager(changes) });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).error.length).toBeGreaterThan(0);
  });

  it('are not for everybody, nor of the older base path', async () => {
    expect((await call('', { headers: {} })).status).toBe(401);
    expect((await call('', { headers: await node.bearer('apim:api_view') })).status).toBe(401);
    expect((await call('', { headers: await node.bearer('apim:admin_operations') })).status).toBe(200);
    const older = await fetchStatus('/api/am/admin/v0.17/key-managers');
    expect(older).toBe(404);
  });
});

/** Status of a path that the node may not have, whose page is no JSON. */
const fetchStatus = async (path: string): Promise<number> => {
  try {
    return (await node.send(path, { headers: ADMIN })).status;
  } catch (cause) {
    if (cause instanceof SyntaxError) return 404;
    throw cause;
  }
};
