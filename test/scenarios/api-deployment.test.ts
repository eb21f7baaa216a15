import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, type HttpClient, httpClient } from '../../lab/probes/http-client.ts';
import { askToken, type Client, register, tokenOf } from '../../lab/probes/oauth2-client.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

const lab = new LabUnderTest('t-apis');
let http: HttpClient;
let keyManager: string;
let publisher: string;
let gateways: readonly string[];
let client: Client;
let token: string;
let api: { id: string; lifeCycleStatus: string };

type Node = { name: string; role: string; urls: Record<string, string> };

beforeAll(async () => {
  const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'].map(
    (role) => `  - role: ${role}\n`,
  );
  lab.write(`lab: ${lab.name}\nnodes:\n${roles.join('')}  - { role: gateway, replicas: 2 }\n`);
  const up = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
  const nodes: readonly Node[] = up.nodes;
  const url = (role: string, listener: string) =>
    nodes.filter((node) => node.role === role).map(({ urls }) => urls[listener] ?? '');
  [keyManager = ''] = url('key-manager', 'https');
  [publisher = ''] = url('publisher', 'https');
  gateways = url('gateway', 'passthroughHttps');
  http = httpClient(readFileSync(up.trust.caFile, 'utf8'), 30_000);
  client = await register(http, keyManager, '3.0.0', up.credentials, 'api_deployment');
  const scope = 'apim:api_view apim:api_create apim:api_publish';
  const fields = { grant_type: 'password', ...up.credentials, scope };
  token = tokenOf(await askToken(http, `${keyManager}/oauth2/token`, client, fields)).access_token;
});
afterAll(() => lab.dispose());

const publisherApi = async (method: string, path: string, body?: object) => {
  const answer = await http({
    url: `${publisher}/api/am/publisher/v1.0${path}`,
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { ...answer, json: JSON.parse(answer.body || 'null') };
};

const call = (gateway: string, bearer?: string) =>
  http({
    url: `${gateway}/pizzashack/1.0.0/menu`,
    headers: bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` },
  });

describe('an API of the Publisher', () => {
  it('is unknown to the gateways before it is published', async () => {
    for (const gateway of gateways) expect((await call(gateway)).status).toBe(404);
  });

  it('is created by a token with the scope, and by no other', async () => {
    const definition = {
      name: 'PizzaShackAPI',
      context: '/pizzashack',
      version: '1.0.0',
      policies: ['Bronze', 'Unlimited'],
      gatewayEnvironments: ['Production and Sandbox'],
      endpointConfig: { endpoint_type: 'http', production_endpoints: { url: 'http://nowhere.invalid:8080' } },
      operations: [
        { target: '/menu', verb: 'GET', authType: 'Application & Application User', throttlingPolicy: 'Unlimited' },
      ],
    };
    const created = await publisherApi('POST', '/apis?openAPIVersion=V3', definition);
    expect(created.status).toBe(201);
    api = created.json;
    expect(api.lifeCycleStatus).toBe('CREATED');
    const nobody = await http({ url: `${publisher}/api/am/publisher/v1.0/apis` });
    expect(nobody.status).toBe(401);
  });

  it('is served by the gateway that is told, and by the other one from the share', async () => {
    const published = await publisherApi('POST', `/apis/change-lifecycle?action=Publish&apiId=${api.id}`);
    expect(published).toMatchObject({ status: 200, json: { lifecycleState: { state: 'Published' } } });
    // Hot deployment looks at the share every 15 s (wire.md 6.3); nothing announces that it did.
    for (const gateway of gateways) await expect.poll(async () => (await call(gateway)).status, POLL).toBe(401);
  });

  it("is refused without credentials, with wrong ones, and without a subscription, in the product's words", async () => {
    for (const gateway of gateways) {
      expect(await call(gateway)).toMatchObject({
        status: 401,
        body: expect.stringContaining('<ams:code>900902</ams:code>'),
      });
      expect(await call(gateway, 'nonsense')).toMatchObject({ status: 401, body: expect.stringContaining('900901') });
      expect(await call(gateway, token)).toMatchObject({ status: 403, body: expect.stringContaining('900908') });
    }
  });

  it('is still there after every node of its way was restarted', async () => {
    const before = await lab.containers();
    const restarted = ['pub-1', 'gw-1', 'gw-2'].map((name) => docker.getContainer(before[name] ?? ''));
    await Promise.all(restarted.map((container) => container.restart()));
    await lab.ok('up', '--no-probes');
    for (const gateway of gateways) await expect.poll(async () => (await call(gateway)).status, POLL).toBe(401);
    const list = await publisherApi('GET', '/apis?query=name:PizzaShackAPI');
    expect(list.json).toMatchObject({ count: 1, list: [{ id: api.id, lifeCycleStatus: 'PUBLISHED' }] });
  });

  it('is gone from the gateways once it is deleted', async () => {
    expect((await publisherApi('DELETE', `/apis/${api.id}`)).status).toBe(200);
    for (const gateway of gateways) await expect.poll(async () => (await call(gateway)).status, POLL).toBe(404);
  });

  it('cannot be made by who may not log in', async () => {
    const wrong = await http({
      url: `${publisher}/api/am/publisher/v1.0/apis`,
      headers: { Authorization: basic('admin', 'wrong') },
    });
    expect(wrong.status).toBe(401);
  });
});

/** Twice the interval of hot deployment. */
const POLL = { timeout: 30_000, interval: 250 };
