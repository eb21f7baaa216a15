import { describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../../../compose/wso2am/server/carbon/session-store.ts';
import { memoryUserStore } from '../../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { gatewayRest } from '../../../../../compose/wso2am/server/gateway/rest/gateway-rest.ts';
import type { GatewaySynchronizer } from '../../../../../compose/wso2am/server/runtime-artifacts/synchronize-gateway.ts';
import { createArtifactStore } from '../../../../../compose/wso2am/server/synapse/artifact-store.ts';
import { writeLocalEntry } from '../../../../../compose/wso2am/server/synapse/local-entry.ts';
import { sampleCall } from '../../carbon/sample-call.ts';
import { temporaryHome } from '../../carbon/temporary-home.ts';
import { eventHubDouble } from '../../subscription-data/event-hub-double.ts';
import { recordedLog } from '../../synapse/recorded-log.ts';
import { apiXml, endpointXml, PRODUCTION } from '../../synapse/sample-artifacts.ts';

const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const ENDPOINT = endpointXml(PRODUCTION, 'http://back.end');
const SEQUENCE = '<sequence xmlns="http://ws.apache.org/ns/synapse" name="admin--PizzaShackAPI:v1.0.0--In"/>';

/** A gateway that serves the sample API and has it in memory, seen by its REST API. */
const start = async (synchronizer?: GatewaySynchronizer) => {
  const { data } = eventHubDouble();
  await data.load();
  const artifacts = createArtifactStore(temporaryHome('wso2am-3.2.0'), recordedLog().log);
  await artifacts.apis.deploy(apiXml({ security: { apiUUID: UUID } }));
  await artifacts.endpoints.deploy(ENDPOINT);
  await artifacts.sequences.deploy(SEQUENCE);
  await artifacts.localEntries.deploy(writeLocalEntry({ name: UUID, value: '{}' }));
  const users = memoryUserStore({ username: 'admin', password: 'admin' }, []);
  const authenticator = createAuthenticator(
    users,
    createSessionStore(() => 0),
  );
  const endpoints = gatewayRest({ authenticator }, { artifacts, data, synchronizer });
  const send = async (method: string, target: string, password = 'admin') => {
    const [path = '', query = ''] = target.split('?');
    const endpoint = endpoints.find((each) => each.method === method && each.path === `/api/am/gateway/v1${path}`);
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    const call = sampleCall({ query: new URLSearchParams(query), headers: { authorization } });
    const answer = await endpoint?.handle(call);
    return { status: answer?.status, body: JSON.parse(String(answer?.body ?? 'null')) };
  };
  const get = (target: string, password?: string) => send('GET', target, password);
  return { artifacts, get, post: (target: string) => send('POST', target) };
};

const PIZZA = 'apiName=PizzaShackAPI&version=1.0.0';

describe('the REST API of a gateway', () => {
  it('is for users of the product only', async () => {
    const { get } = await start();

    expect(await get('/apis', 'wrong')).toEqual({
      status: 401,
      body: { code: 401, message: '', description: 'Unauthenticated request', moreInfo: '', error: [] },
    });
  });

  it('shows the artifacts of an API as they are written', async () => {
    const { get } = await start();
    const endpoints = { deployedEndpoints: [ENDPOINT], UnDeployedEndpoints: [] };
    const sequences = { deployedSequences: [SEQUENCE], UnDeployedSequences: [] };
    const localEntries = {
      deployedLocalEntries: [writeLocalEntry({ name: UUID, value: '{}' })],
      UnDeployedLocalEntries: [],
    };

    expect((await get(`/end-points?${PIZZA}`)).body).toEqual(endpoints);
    expect((await get(`/sequence?${PIZZA}`)).body).toEqual(sequences);
    expect((await get(`/local-entry?${PIZZA}`)).body).toEqual(localEntries);
    expect((await get(`/api-artifact?${PIZZA}`)).body).toEqual({ count: 1, endpoints, localEntries, sequences });
  });

  it('names an endpoint that an API sends to and that is not here', async () => {
    const { artifacts, get } = await start();
    await artifacts.endpoints.remove(PRODUCTION);

    expect((await get(`/end-points?${PIZZA}`)).body).toEqual({
      deployedEndpoints: [],
      UnDeployedEndpoints: [PRODUCTION],
    });
  });

  it.each([
    ['/local-entry?apiName=PizzaShackAPI', 400],
    ['/sequence?version=1.0.0', 400],
    ['/end-points?apiName=PizzaShackAPI&version=2.0.0', 404],
    ['/api-artifact?apiName=ShackAPI&version=1.0.0', 404],
    [`/api-artifact?${PIZZA}&tenantDomain=other.com`, 404],
  ])('answers %s with %i', async (target, status) => {
    const { get } = await start();

    expect((await get(target)).status).toBe(status);
  });

  it('deploys and undeploys an API anew on this gateway, where it fetches its APIs', async () => {
    const done: string[] = [];
    const { post } = await start({
      load: async () => undefined,
      deploy: async () => undefined,
      remove: async () => undefined,
      attributes: async (name) => ({ apiId: UUID, label: name === 'PizzaShackAPI' ? 'Default' : null }),
      redeploy: async ({ apiId, label }) => void done.push(`redeploy ${apiId} ${label}`),
      undeploy: async ({ apiId, label }) => void done.push(`undeploy ${apiId} ${label}`),
    });

    expect(await post(`/redeploy-api?${PIZZA}`)).toMatchObject({ status: 200, body: { deployStatus: 'DEPLOYED' } });
    expect(await post(`/undeploy-api?${PIZZA}`)).toMatchObject({ status: 200, body: { deployStatus: 'DEPLOYED' } });
    expect(done).toEqual([`redeploy ${UUID} Default`, `undeploy ${UUID} Default`]);
    expect((await post('/redeploy-api?apiName=Other&version=1.0.0')).status).toBe(400);
    expect((await post('/redeploy-api?apiName=PizzaShackAPI')).status).toBe(400);
  });

  it('has nothing to deploy anew where its APIs are sent to it', async () => {
    const { post } = await start();

    expect((await post(`/redeploy-api?${PIZZA}`)).status).toBe(500);
  });

  it('lists APIs in memory, by context and version', async () => {
    const { get } = await start();
    const pizza = {
      apiUUID: UUID,
      apiId: 3,
      provider: 'admin',
      name: 'PizzaShackAPI',
      version: '1.0.0',
      context: '/pizzashack/1.0.0',
      policy: '',
      apiType: 'HTTP',
      isDefaultVersion: true,
    };

    expect((await get('/apis')).body).toEqual({ count: 1, list: [pizza] });
    expect((await get('/apis?context=/pizzashack/1.0.0&version=1.0.0&tenantDomain=carbon.super')).body.count).toBe(1);
    expect((await get('/apis?context=/pizzashack/2.0.0&version=1.0.0')).body).toEqual({ count: 0, list: [] });
    expect((await get('/apis?tenantDomain=other.com')).body).toEqual({ count: 0, list: [] });
  });

  it('lists applications in memory with their keys, by name', async () => {
    const { get } = await start();

    expect((await get('/applications?name=app1')).body).toEqual({
      count: 1,
      list: [
        {
          id: 7,
          uuid: 'u7',
          name: 'app1',
          subName: 'admin',
          policy: '10PerMin',
          tokenType: 'JWT',
          keys: [{ consumerKey: 'key', keyType: 'PRODUCTION', keyManager: 'Resident Key Manager' }],
        },
      ],
    });
    expect((await get('/applications?name=app2')).body.count).toBe(0);
  });

  it('lists subscriptions in memory, by the UUIDs of API and application', async () => {
    const { get } = await start();
    const one = { subscriptionId: 11, policyId: 'Bronze', apiId: 3, appId: 7, subscriptionState: 'UNBLOCKED' };

    expect((await get(`/subscriptions?apiUUID=${UUID}&appUUID=u7`)).body).toEqual({ count: 1, list: [one] });
    expect((await get(`/subscriptions?apiUUID=${UUID}&appUUID=u8`)).body.count).toBe(0);
    expect((await get('/subscriptions?apiUUID=other')).body.count).toBe(0);
  });
});
