import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { upstreamAgent } from '../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { gatewayCaches } from '../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { mediator } from '../../../compose/wso2am/server/mediation/mediator.ts';
import { createArtifactStore } from '../../../compose/wso2am/server/synapse/artifact-store.ts';
import { writeLocalEntry } from '../../../compose/wso2am/server/synapse/local-entry.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';
import { apiXml, endpointXml, PRODUCTION } from '../../unit/simulator/synapse/sample-artifacts.ts';
import { usePortals } from './fixture.ts';
import type { PortalNode, PublishedApi } from './portal-node.ts';
import { newApplication } from './sample-applications.ts';

const portals = usePortals();
let node: PortalNode;

beforeAll(async () => {
  node = await portals.start();
});

const answer = z.strictObject({ apikey: z.string(), validityTime: z.int() });

const generate = async (portal: PortalNode, path: string, json: object = {}, keyType = 'PRODUCTION') => {
  const reply = await portal.call(`${path}/api-keys/${keyType}/generate`, { json });
  expect(reply.status).toBe(200);
  return answer.parse(reply.body);
};

const subscribe = (portal: PortalNode, { id: apiId }: PublishedApi, applicationId: string) =>
  portal.call('/subscriptions', { json: { apiId, applicationId, throttlingPolicy: 'Bronze' } });

/** The claims of a key, checked by a library of JWTs with the certificate of the node. */
const verified = (portal: PortalNode, key: string) => jwtVerify(key, portal.context.primaryKey.certificate.publicKey);

/** A gateway that shares the node's key and serves the API, with whatever was revoked at the node. */
const startGateway = async (portal: PortalNode, { context }: PublishedApi) => {
  const home = mkdtempSync(join(tmpdir(), 'gateway-'));
  const agent = upstreamAgent([]);
  onTestFinished(() => {
    rmSync(home, { recursive: true });
    agent.destroy();
  });
  const { configuration } = portal.context;
  const artifacts = createArtifactStore(home, portal.context.log);
  const backend = await listenOnLoopback(createServer((_incoming, response) => void response.end('pizza')));
  await artifacts.endpoints.deploy(endpointXml(PRODUCTION, `http://127.0.0.1:${backend}`));
  await artifacts.apis.deploy(
    apiXml({ context: `${context}/1.0.0`, security: { apiUUID: 'of-the-api', APISecurity: 'api_key' } }),
  );
  await artifacts.localEntries.deploy(writeLocalEntry({ name: 'of-the-api', value: '{"paths":{}}' }));
  const revoked = (signature: string): boolean =>
    portal.revoked.some(({ token, expiryTime }) => token.endsWith(`.${signature}`) && expiryTime > Date.now());
  const handler = mediator(
    { ...portal.context, role: 'gateway' },
    { artifacts, agent, caches: gatewayCaches(configuration, () => performance.now()), isRevoked: revoked },
  );
  const port = await listenOnLoopback(createServer(handler));
  return async (apikey: string) => {
    const { status } = await fetch(`http://127.0.0.1:${port}${context}/1.0.0/menu`, { headers: { apikey } });
    return status;
  };
};

describe.each(VERSIONS)('an API key of %s', (version) => {
  it('is a JWT that says whose it is, for what, and for which subscriptions', async () => {
    const portal = await portals.start(version);
    const api = await portal.api();
    const { applicationId, path } = await newApplication(portal);
    await subscribe(portal, api, applicationId);

    const { apikey, validityTime } = await generate(portal, path, { validityPeriod: 600 }, 'sandbox');

    const { payload } = await verified(portal, apikey);
    expect(decodeProtectedHeader(apikey)).toMatchObject({
      alg: 'RS256',
      typ: 'JWT',
      kid: 'gateway_certificate_alias',
    });
    expect(validityTime).toBe(600);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    expect(payload).toMatchObject({
      sub: 'admin@carbon.super',
      keytype: 'SANDBOX',
      application: { uuid: applicationId, owner: 'admin', tier: 'Unlimited' },
      subscribedAPIs: [
        { name: api.name, context: `${api.context}/1.0.0`, version: '1.0.0', subscriptionTier: 'Bronze' },
      ],
      tierInfo: { Bronze: { stopOnQuotaReach: true } },
    });
  });

  it('never ends where nobody says when', async () => {
    const portal = await portals.start(version);
    const { path } = await newApplication(portal);

    const keys = [await generate(portal, path), await generate(portal, path, { validityPeriod: 2_147_483_647 })];

    expect(keys.map(({ validityTime }) => validityTime)).toEqual([-1, 2_147_483_647]);
    for (const { apikey } of keys) expect((await verified(portal, apikey)).payload.exp).toBeUndefined();
  });
});

describe('an API key', () => {
  it('opens the API at a gateway until it is revoked', async () => {
    const api = await node.api();
    const { applicationId, path } = await newApplication(node);
    await subscribe(node, api, applicationId);
    const { apikey } = await generate(node, path);
    const { apikey: other } = await generate(node, path);
    expect(await (await startGateway(node, api))(apikey)).toBe(200);

    const reply = await node.call(`${path}/api-keys/PRODUCTION/revoke`, { json: { apikey } });

    expect(reply.status).toBe(200);
    const call = await startGateway(node, api);
    expect([await call(apikey), await call(other)]).toEqual([401, 200]);
    expect(
      await node.apim.query('SELECT TOKEN_TYPE FROM AM_REVOKED_JWT WHERE SIGNATURE = ?', [apikey.split('.')[2] ?? '']),
    ).toEqual([{ TOKEN_TYPE: 'API_KEY' }]);
  });

  it('of before the subscription does not open it, one of after does', async () => {
    const api = await node.api();
    const { applicationId, path } = await newApplication(node);
    const before = await generate(node, path);
    await subscribe(node, api, applicationId);
    const after = await generate(node, path);
    const call = await startGateway(node, api);

    expect([await call(before.apikey), await call(after.apikey)]).toEqual([403, 200]);
  });

  it('carries its restrictions since 3.2.0', async () => {
    const additionalProperties = { permittedIP: '10.0.0.0/8', permittedReferer: 'https://shop.example/*' };
    const portal = await portals.start('3.2.0');
    const restricted = await generate(portal, (await newApplication(portal)).path, { additionalProperties });
    const free = await generate(node, (await newApplication(node)).path, { additionalProperties });

    expect((await verified(portal, restricted.apikey)).payload).toMatchObject(additionalProperties);
    expect((await verified(node, free.apikey)).payload).not.toHaveProperty('permittedIP');
  });

  it('is revoked by its own application only', async () => {
    const [mine, other] = [await newApplication(node), await newApplication(node)];
    const { apikey } = await generate(node, mine.path);
    const [header, claims] = apikey.split('.');
    const revoke = async (path: string, key: string, keyType = 'PRODUCTION') =>
      (await node.call(`${path}/api-keys/${keyType}/revoke`, { json: { apikey: key } })).status;

    expect(await revoke(other.path, apikey)).toBe(400);
    expect(await revoke(mine.path, 'no key')).toBe(400);
    expect(await revoke(mine.path, `${header}.${claims}.AAAA`)).toBe(500);
    expect(await revoke('/applications/01234567-89ab-cdef-0123-456789abcdef', apikey)).toBe(404);
    expect(await revoke(mine.path, apikey, 'OTHER')).toBe(400);
  });

  it.each([
    ['a type of keys that is none', 'OTHER', {}],
    ['a validity that is no number', 'PRODUCTION', { validityPeriod: 'long' }],
    ['a validity out of range', 'PRODUCTION', { validityPeriod: 2 ** 40 }],
  ])('is not made for %s', async (_case, keyType, json) => {
    const { path } = await newApplication(node);

    expect((await node.call(`${path}/api-keys/${keyType}/generate`, { json })).status).toBe(400);
  });

  it("is not made for another user's application", async () => {
    const { path } = await newApplication(node);
    const headers = await node.addUser('mallory');

    const reply = await node.call(`${path}/api-keys/PRODUCTION/generate`, { json: {}, headers });

    expect(reply.status).toBe(403);
  });
});
