import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createBlockingConditions } from '../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { sampleRequest } from '../../unit/simulator/throttling/gateway/sample-request.ts';
import { usePublishers } from './fixture.ts';
import type { PublisherNode, Request } from './publisher-node.ts';
import { errorBody } from './schemas.ts';
import { startTrafficManager, type TrafficManagerNode } from './traffic-manager-node.ts';

const publishers = usePublishers();
let trafficManager: TrafficManagerNode;

beforeAll(async () => {
  trafficManager = await startTrafficManager();
});
afterAll(() => trafficManager.stop());

const startAdmin = (version: Version): Promise<PublisherNode> =>
  publishers.start(version, [], trafficManager.serviceUrl);

const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };

const forms = VERSIONS.flatMap((version) => REST_BASE_PATHS.admin[version].map((base) => ({ version, base })));

const period = { unitTime: z.int(), timeUnit: z.string() };
const flatLimit = z.union([
  z.strictObject({ type: z.literal('RequestCountLimit'), requestCount: z.int(), ...period }),
  z.strictObject({ type: z.literal('BandwidthLimit'), dataAmount: z.int(), dataUnit: z.string(), ...period }),
]);
const nestedLimit = z.union([
  z.strictObject({
    type: z.literal('REQUESTCOUNTLIMIT'),
    requestCount: z.strictObject({ requestCount: z.int(), ...period }),
    bandwidth: z.null(),
  }),
  z.strictObject({
    type: z.literal('BANDWIDTHLIMIT'),
    requestCount: z.null(),
    bandwidth: z.strictObject({ dataAmount: z.int(), dataUnit: z.string(), ...period }),
  }),
]);

const policySchema = (base: string, level: 'application' | 'subscription') =>
  z.strictObject({
    policyId: z.uuid(),
    policyName: z.string(),
    displayName: z.string(),
    description: z.string(),
    isDeployed: z.boolean(),
    defaultLimit: base.endsWith('/v1') ? nestedLimit : flatLimit,
    ...(level === 'subscription'
      ? {
          rateLimitCount: z.int(),
          rateLimitTimeUnit: z.string().nullable(),
          stopOnQuotaReach: z.boolean(),
          billingPlan: z.string(),
          customAttributes: z.array(z.unknown()),
        }
      : {}),
  });

const limitOf = (base: string, requestCount: number) => {
  const limit = { requestCount, unitTime: 1, timeUnit: 'min' };
  return base.endsWith('/v1')
    ? { type: 'REQUESTCOUNTLIMIT', requestCount: limit }
    : { type: 'RequestCountLimit', ...limit };
};

describe.each(forms)('the Admin API of $version under $base', ({ version, base }) => {
  let node: PublisherNode;
  beforeAll(async () => {
    node = await startAdmin(version);
  });
  const call = (path: string, request: Request = {}) => node.send(base + path, { headers: ADMIN, ...request });

  it.each(['application', 'subscription'] as const)(
    'creates an %s policy with its plan, and deletes both',
    async (level) => {
      const schema = policySchema(base, level);
      const policyName = `Test${base.replaceAll(/\W/g, '_')}`;
      const plan = `carbon.super_${level === 'application' ? 'app' : 'sub'}_${policyName}.siddhiql`;
      const path = `/throttling/policies/${level}`;
      const json = { policyName, displayName: 'Seven', defaultLimit: limitOf(base, 7) };

      const reply = await call(path, { json, headers: ADMIN });

      expect(reply.status).toBe(201);
      const policy = schema.parse(reply.body);
      expect(policy).toMatchObject({ policyName, isDeployed: true, defaultLimit: limitOf(base, 7) });
      expect(await trafficManager.plans()).toContain(plan);
      expect((await call(`${path}/${policy.policyId}`)).body).toEqual(reply.body);
      const { count, list } = z.strictObject({ count: z.int(), list: z.array(schema) }).parse((await call(path)).body);
      expect(list).toHaveLength(count);
      expect(list).toContainEqual(policy);
      expect((await call(path, { json })).status).toBe(409);

      expect((await call(`${path}/${policy.policyId}`, { method: 'DELETE' })).status).toBe(200);
      expect(await trafficManager.plans()).not.toContain(plan);
      expect((await call(`${path}/${policy.policyId}`)).status).toBe(404);
    },
  );

  it.each([
    ['API', '/pizza/1.0.0', '/pizza/1.0.0'],
    ['APPLICATION', 'admin:app1', 'admin:app1'],
    ['USER', 'mallory', 'mallory@carbon.super'],
  ])(
    'blocks an %s and tells the Traffic Managers, and lets it go again',
    async (conditionType, conditionValue, stored) => {
      const path = '/throttling/blacklist';
      const json = { conditionType, conditionValue };
      const schema = z.strictObject({
        conditionId: z.uuid(),
        conditionType: z.literal(conditionType),
        conditionValue: z.string(),
        conditionStatus: z.literal(true),
      });

      const reply = await call(path, { json });

      expect(reply.status).toBe(201);
      const condition = schema.parse(reply.body);
      const event = { blockingCondition: conditionType, conditionValue: stored, tenantDomain: 'carbon.super' };
      expect(node.told.at(-1)).toMatchObject({ ...event, state: 'true', id: expect.any(Number) });
      expect(
        await node.apim.query('SELECT VALUE, ENABLED FROM AM_BLOCK_CONDITIONS WHERE UUID = ?', [condition.conditionId]),
      ).toEqual([{ VALUE: stored, ENABLED: 'true' }]);
      expect((await call(path, { json })).status).toBe(409);

      expect((await call(`${path}/${condition.conditionId}`, { method: 'DELETE' })).status).toBe(200);
      expect(node.told.at(-1)).toMatchObject({ ...event, state: version === '3.0.0' ? 'false' : 'delete' });
      expect((await call(`${path}/${condition.conditionId}`)).status).toBe(404);
    },
  );
});

describe.each(VERSIONS)('addresses that are blocked in %s', (version) => {
  const base = REST_BASE_PATHS.admin[version][0] ?? '';
  let node: PublisherNode;
  beforeAll(async () => {
    node = await startAdmin(version);
    await node.apim.execute('DELETE FROM AM_BLOCK_CONDITIONS');
  });
  const post = (conditionType: string, conditionValue: unknown) =>
    node.send(`${base}/throttling/blacklist`, { json: { conditionType, conditionValue }, headers: ADMIN });
  const objects = version !== '3.0.0';

  it('are told to gateways in the form that these understand', async () => {
    const reply = await post('IP', '10.0.0.9');

    expect(reply).toMatchObject({
      status: 201,
      body: { conditionValue: objects ? { fixedIp: '10.0.0.9', invert: false } : '10.0.0.9' },
    });
    const told = node.told.at(-1);
    expect(told?.conditionValue).toBe(objects ? '{"fixedIp":"10.0.0.9","invert":false}' : 'carbon.super:10.0.0.9');
    const gateway = createBlockingConditions();
    const { id, ...event } = told ?? {};
    gateway.apply(objects ? { id, ...event } : event);
    expect(gateway.blocks(sampleRequest({ clientIp: '10.0.0.9' }))).toBe(true);
    expect(gateway.blocks(sampleRequest({ clientIp: '10.0.0.8' }))).toBe(false);
  });

  it.runIf(objects)('may be an object, or a range, and the opposite of each', async () => {
    for (const [type, value] of [
      ['IP', { fixedIp: '10.0.0.10', invert: true }],
      ['IPRANGE', { startingIp: '10.0.0.1', endingIp: '10.0.0.5', invert: false }],
    ] as const) {
      const reply = await post(type, value);
      expect(reply).toMatchObject({ status: 201, body: { conditionType: type, conditionValue: value } });
      expect(node.told.at(-1)).toMatchObject({ blockingCondition: type, conditionValue: JSON.stringify(value) });
      expect((await post(type, value)).status).toBe(409);
    }
  });

  it.each([
    ['IPRANGE', { startingIp: '10.0.0.1' }],
    ['IPRANGE', { startingIp: '10.0.0.1', endingIp: 'fe80::1' }],
    ['IP', { fixedIp: '10.0.0.999' }],
    ['IP', { startingIp: '10.0.0.1' }],
  ])('are refused as %s %j', async (type, value) => {
    expect((await post(type, value)).status).toBe(400);
  });
});

describe('the Admin API', () => {
  let node: PublisherNode;
  beforeAll(async () => {
    node = await startAdmin('3.0.0');
  });
  const base = REST_BASE_PATHS.admin['3.0.0'][0] ?? '';
  const call = (path: string, request: Request = {}) => node.send(base + path, { headers: ADMIN, ...request });

  it.each([
    ['a name that climbs', { policyName: '../../etc/passwd' }],
    ['a quota of nothing', { defaultLimit: limitOf('', 0) }],
    ['the limit of another version', { defaultLimit: limitOf('/v1', 5) }],
    ['an unknown unit', { defaultLimit: { ...limitOf('', 5), timeUnit: 'fortnight' } }],
  ])('refuses a policy with %s', async (_what, changes) => {
    const json = { policyName: 'Refused', defaultLimit: limitOf('', 5), ...changes };

    const reply = await call('/throttling/policies/application', { json });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).error).not.toEqual([]);
  });

  it.each([
    { conditionType: 'PLANET', conditionValue: 'mars' },
    { conditionType: 'IP', conditionValue: '10.0.0.999' },
    { conditionType: 'API', conditionValue: 'pizza' },
    { conditionType: 'APPLICATION', conditionValue: 'app1' },
    { conditionType: 'USER' },
  ])('refuses the blocking condition %j', async (json) => {
    const before = node.told.length;

    expect((await call('/throttling/blacklist', { json })).status).toBe(400);
    expect(node.told).toHaveLength(before);
  });

  it('keeps a policy that an application has', async () => {
    const created = await call('/throttling/policies/application', {
      json: { policyName: 'InUse', defaultLimit: limitOf('', 5) },
    });
    const { policyId } = z.looseObject({ policyId: z.string() }).parse(created.body);
    await node.apim.execute(`INSERT INTO AM_APPLICATION (NAME, APPLICATION_TIER) VALUES ('app', 'InUse')`);

    const reply = await call(`/throttling/policies/application/${policyId}`, { method: 'DELETE' });

    expect(reply.status).toBe(403);
    expect((await call(`/throttling/policies/application/${policyId}`)).status).toBe(200);
  });

  it('keeps the row of a policy whose plan no Traffic Manager took', async () => {
    const alone = await publishers.start('3.0.0');
    const json = { policyName: 'NotDeployed', defaultLimit: limitOf('', 5) };

    const reply = await alone.send(`${base}/throttling/policies/subscription`, { json, headers: ADMIN });

    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ policyName: 'NotDeployed', isDeployed: false });
    expect(
      alone.complaints.some((line) => line.startsWith('Error while deploying policy to global policy server')),
    ).toBe(true);
  });

  it('switches a blocking condition off and on', async () => {
    const json = { conditionType: 'USER', conditionValue: 'switched' };
    const created = await call('/throttling/blacklist', { json });
    const { conditionId } = z.looseObject({ conditionId: z.string() }).parse(created.body);

    for (const conditionStatus of [false, true]) {
      const json = { conditionStatus };
      const reply = await call(`/throttling/blacklist/${conditionId}`, { method: 'PATCH', json });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({ conditionId, conditionStatus });
      expect(node.told.at(-1)?.state).toBe(String(conditionStatus));
    }
  });

  it('is for admins', async () => {
    const headers = await node.bearer('apim:api_view apim:api_create');

    expect((await call('/throttling/blacklist', { headers })).status).toBe(401);
  });
});
