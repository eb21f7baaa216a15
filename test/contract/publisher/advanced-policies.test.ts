import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
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

const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
const PATH = '/throttling/policies/advanced';

const caller =
  (node: () => PublisherNode, base: string) =>
  (path: string, request: Request = {}) =>
    node().send(base + path, { headers: ADMIN, ...request });

/** What differs between the forms: limits and conditions nest their fields in v1 of 3.2.0. */
const FORMS = {
  flat: {
    requests: (requestCount: number) => ({ type: 'RequestCountLimit', requestCount, unitTime: 1, timeUnit: 'min' }),
    bytes: { type: 'BandwidthLimit', dataAmount: 5, dataUnit: 'KB', unitTime: 1, timeUnit: 'hour' },
    header: { type: 'HeaderCondition', invertCondition: false, headerName: 'X-Plan', headerValue: 'gold' },
    address: {
      type: 'IPCondition',
      invertCondition: true,
      ipConditionType: 'IPSpecific',
      specificIP: '10.0.0.9',
      startingIP: null,
      endingIP: null,
    },
    range: {
      type: 'IPCondition',
      invertCondition: false,
      ipConditionType: 'IPRange',
      specificIP: null,
      startingIP: '10.0.0.1',
      endingIP: '10.0.0.5',
    },
    query: { type: 'QueryParameterCondition', invertCondition: false, parameterName: 'size', parameterValue: '^2$' },
    claim: {
      type: 'JWTClaimsCondition',
      invertCondition: true,
      claimUrl: 'http://wso2.org/claims/role',
      attribute: 'a',
    },
  },
  nested: {
    requests: (requestCount: number) => ({
      type: 'REQUESTCOUNTLIMIT',
      requestCount: { requestCount, unitTime: 1, timeUnit: 'min' },
      bandwidth: null,
    }),
    bytes: {
      type: 'BANDWIDTHLIMIT',
      requestCount: null,
      bandwidth: { dataAmount: 5, dataUnit: 'KB', unitTime: 1, timeUnit: 'hour' },
    },
    ...nestedConditions(),
  },
};

function nestedConditions() {
  const none = {
    headerCondition: null,
    ipCondition: null,
    jwtClaimsCondition: null,
    queryParameterCondition: null,
  };
  const ip = { specificIP: null, startingIP: null, endingIP: null };
  return {
    header: {
      ...none,
      type: 'HEADERCONDITION',
      invertCondition: false,
      headerCondition: { headerName: 'X-Plan', headerValue: 'gold' },
    },
    address: {
      ...none,
      type: 'IPCONDITION',
      invertCondition: true,
      ipCondition: { ...ip, ipConditionType: 'IPSPECIFIC', specificIP: '10.0.0.9' },
    },
    range: {
      ...none,
      type: 'IPCONDITION',
      invertCondition: false,
      ipCondition: { ...ip, ipConditionType: 'IPRANGE', startingIP: '10.0.0.1', endingIP: '10.0.0.5' },
    },
    query: {
      ...none,
      type: 'QUERYPARAMETERCONDITION',
      invertCondition: false,
      queryParameterCondition: { parameterName: 'size', parameterValue: '^2$' },
    },
    claim: {
      ...none,
      type: 'JWTCLAIMSCONDITION',
      invertCondition: true,
      jwtClaimsCondition: { claimUrl: 'http://wso2.org/claims/role', attribute: 'a' },
    },
  };
}

const forms = VERSIONS.flatMap((version) => REST_BASE_PATHS.admin[version].map((base) => ({ version, base })));

describe.each(forms)('advanced policies of $version under $base', ({ version, base }) => {
  const form = FORMS[base.endsWith('/v1') ? 'nested' : 'flat'];
  const policyName = `Adv${base.replaceAll(/\W/g, '_')}`;
  const groups = [
    {
      description: 'insiders',
      conditions: [form.address, form.header, form.query, form.claim],
      limit: form.requests(3),
    },
    { description: 'a range', conditions: [form.range], limit: form.bytes },
  ];
  let node: PublisherNode;
  beforeAll(async () => {
    node = await publishers.start(version, [], trafficManager.serviceUrl);
  });
  const call = caller(() => node, base);
  const plansOfPolicy = async () => (await trafficManager.plans()).filter((file) => file.includes(policyName));
  const groupIds = async (policyId: string) => {
    const rows = await node.apim.query(
      `SELECT CONDITION_GROUP_ID AS ID FROM AM_CONDITION_GROUP g JOIN AM_API_THROTTLE_POLICY p
       ON p.POLICY_ID = g.POLICY_ID WHERE p.UUID = ? ORDER BY 1`,
      [policyId],
    );
    return rows.map(({ ID }) => Number(ID));
  };
  const files = (ids: readonly number[]) =>
    [...ids.map((id) => `condition_${id}`), 'default'].map(
      (suffix) => `carbon.super_resource_${policyName}_${suffix}.siddhiql`,
    );
  let policyId: string;

  it('are created with their groups, and a plan for each and for the rest', async () => {
    const json = { policyName, displayName: 'Own', defaultLimit: form.requests(7), conditionalGroups: groups };

    const reply = await call(PATH, { json });

    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    ({ policyId } = z.looseObject({ policyId: z.uuid() }).parse(reply.body));
    expect(reply.body).toEqual({ policyId, ...json, description: '', isDeployed: true });
    expect((await call(`${PATH}/${policyId}`)).body).toEqual(reply.body);
    expect(await plansOfPolicy()).toEqual(files(await groupIds(policyId)));
    expect(node.policyChanges.at(-1)).toMatchObject({ change: 'created', level: 'api', quotaType: 'requestCount' });
    expect((await call(PATH, { json })).status).toBe(409);
  });

  it('are listed without their groups, and offered to APIs', async () => {
    const { count, list } = z
      .strictObject({ count: z.int(), list: z.array(z.looseObject({ policyId: z.string() })) })
      .parse((await call(PATH)).body);

    expect(list).toHaveLength(count);
    expect(list.find((policy) => policy.policyId === policyId)).toEqual({
      policyId,
      policyName,
      displayName: 'Own',
      description: '',
      isDeployed: true,
      defaultLimit: form.requests(7),
    });
    expect((await node.call(`/throttling-policies/api/${policyName}`)).body).toMatchObject({
      name: policyName,
      policyLevel: 'api',
      requestCount: 7,
      unitTime: 60_000,
    });
  });

  it('keep their name and lose the plans of groups that are gone when they change', async () => {
    const before = await groupIds(policyId);
    const json = { policyName: 'Another', defaultLimit: form.bytes, conditionalGroups: groups.slice(1) };

    const reply = await call(`${PATH}/${policyId}`, { method: 'PUT', json });

    expect(reply).toMatchObject({ status: 200, body: { ...json, policyName, isDeployed: true } });
    const after = await groupIds(policyId);
    expect(after).toHaveLength(1);
    expect(await plansOfPolicy()).toEqual(files(after));
    expect(node.policyChanges.at(-1)).toMatchObject({ change: 'updated', deletedConditionGroups: before });
  });

  it('go with their rows and plans, but not while a resource has them', async () => {
    const { insertId } = await node.apim.execute(
      `INSERT INTO AM_API (API_PROVIDER, API_NAME, API_VERSION, CONTEXT) VALUES ('admin', ?, '1', ?)`,
      [policyName, `/${policyName}`],
    );
    await node.apim.execute(
      `INSERT INTO AM_API_URL_MAPPING (API_ID, HTTP_METHOD, AUTH_SCHEME, URL_PATTERN, THROTTLING_TIER) VALUES (?, 'GET', 'Any', '/*', ?)`,
      [insertId, policyName],
    );
    expect((await call(`${PATH}/${policyId}`, { method: 'DELETE' })).status).toBe(403);
    await node.apim.execute('DELETE FROM AM_API_URL_MAPPING WHERE API_ID = ?', [insertId]);

    expect((await call(`${PATH}/${policyId}`, { method: 'DELETE' })).status).toBe(200);
    expect(await plansOfPolicy()).toEqual([]);
    expect(await groupIds(policyId)).toEqual([]);
    expect(node.policyChanges.at(-1)?.change).toBe('deleted');
    expect((await call(`${PATH}/${policyId}`)).status).toBe(404);
    expect(
      (await call(`${PATH}/${policyId}`, { method: 'PUT', json: { policyName, defaultLimit: form.bytes } })).status,
    ).toBe(404);
  });
});

describe('advanced policies', () => {
  const base = REST_BASE_PATHS.admin['3.1.0'][0] ?? '';
  const { flat } = FORMS;
  let node: PublisherNode;
  beforeAll(async () => {
    node = await publishers.start('3.1.0', [], trafficManager.serviceUrl);
  });
  const call = caller(() => node, base);
  const bodyWith = (condition: object, policyName = 'Refused') => ({
    policyName,
    defaultLimit: flat.requests(1),
    conditionalGroups: [{ conditions: [condition], limit: flat.requests(1) }],
  });

  it.each<[string, object]>([
    ['a condition of another version', FORMS.nested.header],
    ['a condition of no kind', { ...flat.header, type: 'PlanetCondition' }],
    ['an address that is none', { ...flat.address, specificIP: '10.0.0.999' }],
    ['half a range', { ...flat.range, endingIP: null }],
    ['a header without a name', { ...flat.header, headerName: '' }],
    ['a claim in letters the table cannot hold', { ...flat.claim, attribute: '\u0416' }],
  ])('are refused with %s', async (_what, condition) => {
    const reply = await call(PATH, { json: bodyWith(condition) });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).error).not.toEqual([]);
  });

  it('are refused with a group that has no conditions', async () => {
    const json = { ...bodyWith(flat.header), conditionalGroups: [{ conditions: [], limit: flat.requests(1) }] };

    expect((await call(PATH, { json })).status).toBe(400);
  });

  it.each<[string, object]>([
    ['an IPv6 address', { ...flat.address, specificIP: '2001:db8::1' }],
    ['quotes of both kinds', { ...flat.header, headerValue: `'"` }],
  ])('with %s are not simulated, and leave nothing behind', async (_what, condition) => {
    expect((await call(PATH, { json: bodyWith(condition) })).status).toBe(501);
    expect(await node.apim.query(`SELECT 1 FROM AM_API_THROTTLE_POLICY WHERE NAME = 'Refused'`)).toEqual([]);
  });

  it('that new resources have by default cannot be deleted', async () => {
    const [row] = await node.apim.query(`SELECT UUID FROM AM_API_THROTTLE_POLICY WHERE NAME = 'Unlimited'`);

    expect((await call(`${PATH}/${String(row?.UUID)}`, { method: 'DELETE' })).status).toBe(403);
  });

  it('that no Traffic Manager took are deployed by the next change', async () => {
    const alone = await publishers.start('3.1.0');
    const json = bodyWith(flat.header, 'Later');
    const created = await alone.send(base + PATH, { json, headers: ADMIN });
    expect(created).toMatchObject({ status: 201, body: { isDeployed: false } });
    const { policyId } = z.looseObject({ policyId: z.string() }).parse(created.body);

    const reply = await call(`${PATH}/${policyId}`, { method: 'PUT', json });

    expect(reply).toMatchObject({ status: 200, body: { isDeployed: true } });
    expect(await trafficManager.plans()).toContain('carbon.super_resource_Later_default.siddhiql');
  });

  it('are known by the Publisher when an API names them, and others are not', async () => {
    await call(PATH, { json: bodyWith(flat.header, 'Named') });
    const api = (name: string, apiThrottlingPolicy: string, throttlingPolicy: string) => ({
      name,
      context: `/${name.toLowerCase()}`,
      version: '1.0.0',
      policies: ['Unlimited'],
      apiThrottlingPolicy,
      operations: [{ target: '/menu', verb: 'GET', throttlingPolicy }],
    });

    expect((await node.call('/apis', { json: api('NamesIt', 'Named', 'Named') })).status).toBe(201);
    expect((await node.call('/apis', { json: api('NamesNone', 'Nowhere', 'Named') })).status).toBe(400);
    expect((await node.call('/apis', { json: api('NamesNone', 'Named', 'Nowhere') })).status).toBe(400);
  });
});
