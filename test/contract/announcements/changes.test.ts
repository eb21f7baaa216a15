import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import { toldGateways } from './told-gateways.ts';

const portals = usePortals();

const keysBody = z.object({ consumerKey: z.string(), token: z.object({ accessToken: z.string() }) });
const subscriptionBody = z.object({ subscriptionId: z.string() });

const generateKeys = async (node: PortalNode, path: string) =>
  keysBody.parse(
    (
      await node.call(`${path}/generate-keys`, {
        json: { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] },
      })
    ).body,
  );

const subscribe = async (node: PortalNode, apiId: string, applicationId: string): Promise<string> => {
  const json = { apiId, applicationId, throttlingPolicy: 'Bronze' };
  return subscriptionBody.parse((await node.call('/subscriptions', { json })).body).subscriptionId;
};

const publisherCall = (node: PortalNode, method: string, path: string, json?: unknown) =>
  node.send((REST_BASE_PATHS.publisher[node.version][0] ?? '') + path, {
    method,
    headers: basic('admin', 'admin'),
    ...(json === undefined ? {} : { json }),
  });

const api = z.looseObject({ operations: z.array(z.looseObject({})) });

describe.each(['3.0.0', '3.1.0'] as const)('caches of the gateways of %s', (version) => {
  it("forget an application's token with each change to it and to its subscriptions, but for a block", async () => {
    const node = await portals.start(version);
    const { id } = await node.api();
    const { applicationId, path } = await newApplication(node);
    const { token } = await generateKeys(node, path);
    const told = toldGateways(node);
    const times = (count: number) =>
      vi.waitFor(() => expect(told).toEqual(Array(count).fill(['gatewayKeyCache', [token.accessToken]])));

    const subscriptionId = await subscribe(node, id, applicationId);
    await times(1);
    const block = `/subscriptions/block-subscription?subscriptionId=${subscriptionId}&blockState=BLOCKED`;
    expect((await publisherCall(node, 'POST', block)).status).toBe(200);
    await node.call(path, { method: 'PUT', json: { name: `renamed ${applicationId}`, throttlingPolicy: 'Unlimited' } });
    await times(2);
    await node.call(`/subscriptions/${subscriptionId}`, { method: 'DELETE' });
    await times(3);
    await node.call(path, { method: 'DELETE' });
    await times(4);
  });

  it('forget the resources of a published API when one of them changes, whatever becomes of the gateways', async () => {
    const node = await portals.start(version);
    const { id, context } = await node.api();
    const told = toldGateways(node);
    const before = api.parse((await publisherCall(node, 'GET', `/apis/${id}`)).body);
    await publisherCall(node, 'PUT', `/apis/${id}`, { ...before, description: 'new' });
    expect(told).toEqual([]);
    const operations = before.operations.map((each, index) => (index === 0 ? { ...each, authType: 'None' } : each));
    await publisherCall(node, 'PUT', `/apis/${id}`, { ...before, operations });

    expect(told).toEqual([
      [
        'resourceCache',
        {
          apiContext: `${context}/1.0.0`,
          apiVersion: '1.0.0',
          resources: [
            { resourceURLContext: '/menu', httpVerb: 'GET' },
            { resourceURLContext: '/order/{id}', httpVerb: 'POST' },
          ],
        },
      ],
    ]);
  });
});

describe('gateways of 3.2.0', () => {
  it('hear of APIs, applications, keys and subscriptions, by the ids of their rows', async () => {
    const node = await portals.start('3.2.0');
    const told = toldGateways(node);
    const { id, name } = await node.api();
    const { applicationId, path } = await newApplication(node);
    const { consumerKey } = await generateKeys(node, path);
    const subscriptionId = await subscribe(node, id, applicationId);
    const block = `/subscriptions/block-subscription?subscriptionId=${subscriptionId}&blockState=PROD_ONLY_BLOCKED`;
    await publisherCall(node, 'POST', block);
    await node.call(`/subscriptions/${subscriptionId}`, { method: 'DELETE' });
    await node.call(path, { method: 'DELETE' });
    await publisherCall(node, 'DELETE', `/apis/${id}`);

    const { apiId } = z.looseObject({ apiId: z.number() }).parse(told[0]?.[1]);
    expect(told.map(([kind]) => kind)).toEqual([
      'API_CREATE',
      'APPLICATION_CREATE',
      'APPLICATION_REGISTRATION_CREATE',
      'SUBSCRIPTIONS_CREATE',
      'SUBSCRIPTIONS_UPDATE',
      'SUBSCRIPTIONS_DELETE',
      'APPLICATION_DELETE',
      'API_DELETE',
    ]);
    expect(told).toMatchObject([
      ['API_CREATE', { apiName: name, apiStatus: 'CREATED', apiProvider: 'admin', tenantId: -1234 }],
      ['APPLICATION_CREATE', { uuid: applicationId, subscriber: 'admin', applicationPolicy: 'Unlimited' }],
      ['APPLICATION_REGISTRATION_CREATE', { consumerKey, keyType: 'PRODUCTION', keyManager: 'Resident Key Manager' }],
      ['SUBSCRIPTIONS_CREATE', { apiId, policyId: 'Bronze', subscriptionState: 'UNBLOCKED' }],
      ['SUBSCRIPTIONS_UPDATE', { apiId, subscriptionState: 'PROD_ONLY_BLOCKED' }],
      ['SUBSCRIPTIONS_DELETE', { apiId }],
      ['APPLICATION_DELETE', { uuid: applicationId }],
      ['API_DELETE', { apiId, apiName: name }],
    ]);
  });
});
