import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePublishers } from './fixture.ts';
import type { PublisherNode, Request } from './publisher-node.ts';
import { startTrafficManager, type TrafficManagerNode } from './traffic-manager-node.ts';

const publishers = usePublishers();
let trafficManager: TrafficManagerNode;
beforeAll(async () => {
  trafficManager = await startTrafficManager();
});
afterAll(() => trafficManager.stop());

const ADMIN = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
const PATH = '/throttling/policies/custom';

/** In the form of the product's documentation. */
const siddhiQuery = (count: number): string =>
  `FROM RequestStream SELECT userId, (userId == 'admin@carbon.super') AS isEligible, str:concat('admin@carbon.super', '') as throttleKey INSERT INTO EligibilityStream; FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 min) SELECT throttleKey, (count(userId) >= ${count}) as isThrottled, expiryTimeStamp group by throttleKey INSERT ALL EVENTS into ResultStream;`;

const forms = VERSIONS.flatMap((version) => REST_BASE_PATHS.admin[version].map((base) => ({ version, base })));

describe.each(forms)('custom policies of $version under $base', ({ version, base }) => {
  const policyName = `Custom${base.replaceAll(/\W/g, '_')}`;
  const plan = `global_${policyName}.siddhiql`;
  let node: PublisherNode;
  beforeAll(async () => {
    node = await publishers.start(version, [], trafficManager.serviceUrl);
  });
  const call = (path: string, request: Request = {}) => node.send(base + path, { headers: ADMIN, ...request });
  const idOf = (body: unknown) => z.looseObject({ policyId: z.uuid() }).parse(body).policyId;

  it('are created with their plan and told to gateways as a template, and deleted with both', async () => {
    const json = { policyName, description: 'ten', siddhiQuery: siddhiQuery(10), keyTemplate: '$userId' };

    const reply = await call(PATH, { json });

    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    const policyId = idOf(reply.body);
    expect(reply.body).toEqual({ ...json, policyId, displayName: null, isDeployed: true });
    expect((await call(`${PATH}/${policyId}`)).body).toEqual(reply.body);
    expect((await call(PATH)).body).toEqual({ count: 1, list: [reply.body] });
    expect(await trafficManager.plans()).toContain(plan);
    expect(node.templates).toEqual([{ keyTemplateValue: '$userId', keyTemplateState: 'add' }]);
    expect((await call(PATH, { json })).status).toBe(409);

    expect((await call(`${PATH}/${policyId}`, { method: 'DELETE' })).status).toBe(200);
    expect(await trafficManager.plans()).not.toContain(plan);
    expect(node.templates.at(-1)).toEqual({ keyTemplateValue: '$userId', keyTemplateState: 'remove' });
    expect((await call(`${PATH}/${policyId}`)).status).toBe(404);
    const told = node.policyChanges.map(({ change, level, name }) => ({ change, level, name }));
    expect(told).toEqual(['created', 'deleted'].map((change) => ({ change, level: 'global', name: policyName })));
  });

  it('tell of a changed template by its new and its old form', async () => {
    const json = { policyName, siddhiQuery: siddhiQuery(10), keyTemplate: '$appId' };
    const policyId = idOf((await call(PATH, { json })).body);

    const changes = { ...json, policyName: 'Another', keyTemplate: '$appId:$clientIp' };
    const reply = await call(`${PATH}/${policyId}`, { method: 'PUT', json: changes });

    expect(reply).toMatchObject({ status: 200, body: { ...changes, policyName, isDeployed: true } });
    expect(node.templates.slice(-2)).toEqual([
      { keyTemplateValue: '$appId:$clientIp', keyTemplateState: 'add' },
      { keyTemplateValue: '$appId', keyTemplateState: 'remove' },
    ]);
    await call(`${PATH}/${policyId}`, { method: 'DELETE' });
  });

  it('keep a template for as long as one of them has it', async () => {
    const json = (name: string) => ({ policyName: name, siddhiQuery: siddhiQuery(10), keyTemplate: '$apiContext' });
    const first = idOf((await call(PATH, { json: json(`${policyName}1`) })).body);
    const second = idOf((await call(PATH, { json: json(`${policyName}2`) })).body);
    const before = node.templates.length;

    await call(`${PATH}/${first}`, { method: 'DELETE' });
    expect(node.templates).toHaveLength(before);
    await call(`${PATH}/${second}`, { method: 'DELETE' });
    expect(node.templates.at(-1)).toEqual({ keyTemplateValue: '$apiContext', keyTemplateState: 'remove' });
  });

  it.each([
    ['is no SiddhiQL', { siddhiQuery: 'FROM nowhere' }, 500],
    ['is missing', { siddhiQuery: undefined }, 400],
    ['has no template', { keyTemplate: ' ' }, 400],
    ['climbs by its name', { policyName: '../x' }, 400],
  ])('are refused when the query %s, and nothing is told', async (_what, changes, status) => {
    const before = node.templates.length;
    const json = { policyName: 'Refused', siddhiQuery: siddhiQuery(1), keyTemplate: '$userId', ...changes };

    expect((await call(PATH, { json })).status).toBe(status);
    expect(node.templates).toHaveLength(before);
    expect(await node.apim.query(`SELECT 1 FROM AM_POLICY_GLOBAL WHERE NAME = 'Refused'`)).toEqual([]);
  });
});
