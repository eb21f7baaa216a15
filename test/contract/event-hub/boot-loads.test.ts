import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventHubEndpoints } from '../../../compose/wso2am/server/event-hub/endpoints.ts';
import { insertRevokedJwt } from '../../../compose/wso2am/server/keymanager/stores/revoked-jwts.ts';
import { throttleDataEndpoints } from '../../../compose/wso2am/server/throttle-data/endpoints.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { sampleRequest } from '../../unit/simulator/throttling/gateway/sample-request.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { startDataNode, startedGateway } from './data-node.ts';

const portals = usePortals();

const CONDITIONS = [
  ['API', '/blocked/1.0.0', 'true'],
  ['APPLICATION', 'mallory:app', 'true'],
  ['USER', 'mallory@carbon.super', 'TRUE'],
  ['USER', 'alice@carbon.super', 'false'],
  ['IP', 'carbon.super:10.0.0.9', 'true'],
  ['SUBSCRIPTION', '/a/1:1:mallory-app:PRODUCTION', 'true'],
] as const;

/** Conditions, one of them switched off, two policies with one key template, and a revoked JWT. */
const fill = async ({ apim }: PortalNode): Promise<void> => {
  await apim.execute('DELETE FROM AM_BLOCK_CONDITIONS');
  await apim.execute('DELETE FROM AM_POLICY_GLOBAL');
  await apim.execute('DELETE FROM AM_REVOKED_JWT');
  for (const [type, value, enabled] of CONDITIONS) {
    await apim.execute('INSERT INTO AM_BLOCK_CONDITIONS (TYPE, VALUE, ENABLED, DOMAIN, UUID) VALUES (?, ?, ?, ?, ?)', [
      type,
      value,
      enabled,
      'carbon.super',
      randomUUID(),
    ]);
  }
  for (const name of ['first', 'second']) {
    await apim.execute('INSERT INTO AM_POLICY_GLOBAL (NAME, KEY_TEMPLATE, TENANT_ID, UUID) VALUES (?, ?, -1234, ?)', [
      name,
      '$userId',
      randomUUID(),
    ]);
  }
  await insertRevokedJwt(apim, 'head.body.signature', 4_000_000_000_000);
};

const COMMON = { api: ['/blocked/1.0.0'], application: ['mallory:app'], user: ['mallory@carbon.super'], custom: [] };
const ADDRESS = {
  type: 'IP',
  fixedIp: '10.0.0.9',
  startingIp: null,
  endingIp: null,
  invert: false,
  tenantDomain: 'carbon.super',
  id: expect.any(Number),
};
const BLOCK = {
  '3.0.0': { ...COMMON, ip: ['carbon.super:10.0.0.9'] },
  '3.1.0': { ...COMMON, ip: [ADDRESS] },
  '3.2.0': { ...COMMON, ip: [ADDRESS], subscription: ['/a/1:1:mallory-app:PRODUCTION'] },
} as const;

describe.each(VERSIONS)('what gateways of %s load at their start', (version) => {
  const base = version === '3.2.0' ? '/internal/data/v1' : '/throttle/data/v1';
  let portal: PortalNode;

  beforeAll(async () => {
    portal = await portals.start(version);
    await fill(portal);
  });

  const start = () =>
    startDataNode(portal, (context) =>
      version === '3.2.0' ? eventHubEndpoints(context, { publish: () => true }) : throttleDataEndpoints(context),
    );

  it('is answered in the form of the version', async () => {
    const { request } = await start();
    const answers = await Promise.all(
      ['/block', '/keyTemplates', '/revokedjwt'].map(async (path) => {
        const { status, text } = await request(base + path);
        return { status, body: JSON.parse(text) };
      }),
    );
    expect(answers).toEqual([
      { status: 200, body: BLOCK[version] },
      { status: 200, body: ['$userId'] },
      { status: 200, body: [{ jwt_signature: 'signature', expiry_time: 4_000_000_000_000 }] },
    ]);
  });

  it('is for users with Basic only', async () => {
    const { request } = await start();
    const wrong = { Authorization: `Basic ${Buffer.from('admin:wrong').toString('base64')}` };
    for (const headers of [{}, wrong, { Authorization: 'Bearer abc' }]) {
      const { status, text } = await request(`${base}/block`, { headers });
      expect(status).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ code: 401, description: 'Unauthenticated request' });
    }
  });

  it('is an error when the database fails, not an empty list', async () => {
    const query = (): Promise<never> => Promise.reject(new Error('connection lost'));
    const { request } = await startDataNode(portal, (context) => {
      const broken = { ...context, databases: { apim: { ...portal.apim, query } } };
      return version === '3.2.0' ? eventHubEndpoints(broken, { publish: () => true }) : throttleDataEndpoints(broken);
    });
    expect((await request(`${base}/block`)).status).toBe(500);
  });

  it('makes a gateway that was away refuse whom the others refuse', async () => {
    const { url } = await start();
    const gateway = await startedGateway(portal, url);
    expect(gateway.complaints).toEqual([]);
    const blocks = (parts: Parameters<typeof sampleRequest>[0]): boolean =>
      gateway.blockingConditions.blocks(sampleRequest(parts));
    expect(blocks({ user: 'mallory@carbon.super' })).toBe(true);
    expect(blocks({ clientIp: '10.0.0.9' })).toBe(true);
    expect(blocks({ apiContext: '/blocked/1.0.0' })).toBe(true);
    expect(blocks({ user: 'alice@carbon.super' })).toBe(false);
    expect(gateway.revokedJwts.has('signature')).toBe(true);
    const request = sampleRequest({ user: 'bob@carbon.super' });
    expect(request.resources.flatMap((resource) => gateway.keyTemplates.keysOf(request, resource))).toEqual([
      'bob@carbon.super',
    ]);
  });
});
