import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import { subscriptionSchema } from '../devportal/schemas.ts';
import { errorBody } from '../publisher/schemas.ts';

const portals = usePortals();

describe.each(VERSIONS)('several subscriptions at once in %s', (version) => {
  const subscriptions = z.array(subscriptionSchema(version));
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  it('are made in one call', async () => {
    const [one, other] = [await node.api(), await node.api()];
    const { applicationId } = await newApplication(node);
    const json = [one, other].map(({ id }) => ({ apiId: id, applicationId, throttlingPolicy: 'Bronze' }));

    const reply = await node.call('/subscriptions/multiple', { json });

    expect(reply.status).toBe(200);
    expect(subscriptions.parse(reply.body).map(({ apiId }) => apiId)).toEqual([one.id, other.id]);
  });

  it('end with the first that fails; those before it stay', async () => {
    const [one, other] = [await node.api(), await node.api()];
    const { applicationId } = await newApplication(node);
    const json = [
      { apiId: one.id, applicationId, throttlingPolicy: 'Bronze' },
      { apiId: other.id, applicationId, throttlingPolicy: 'Gold' },
    ];

    const reply = await node.call('/subscriptions/multiple', { json });

    expect(reply.status).toBe(403);
    expect(errorBody.parse(reply.body).message).toBe('Forbidden');
    expect((await node.call(`/subscriptions?applicationId=${applicationId}`)).body).toMatchObject({ count: 1 });
    expect((await node.call('/subscriptions/multiple', { json: {} })).status).toBe(400);
    expect((await node.visit('/subscriptions/multiple', { json })).status).toBe(401);
  });
});

describe('the policy of a subscription in 3.2.0', () => {
  const schema = subscriptionSchema('3.2.0');
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start('3.2.0');
  });

  const subscribed = async () => {
    const { id: apiId } = await node.api();
    const { applicationId } = await newApplication(node);
    const json = { apiId, applicationId, throttlingPolicy: 'Bronze' };
    const { subscriptionId } = schema.parse((await node.call('/subscriptions', { json })).body);
    const body = { ...json, requestedThrottlingPolicy: 'Unlimited', status: 'UNBLOCKED' };
    return { path: `/subscriptions/${subscriptionId}`, body };
  };
  const put = (path: string, json: object, headers = {}) => node.call(path, { method: 'PUT', json, headers });

  it('changes, and gateways are told', async () => {
    const heard: unknown[] = [];
    node.context.events.subscriptionChanged.subscribe((change) => void heard.push(change));
    const { path, body } = await subscribed();

    const reply = await put(path, body);

    expect(reply.status).toBe(200);
    expect(reply.headers.get('location')).toContain(path);
    expect(schema.parse(reply.body)).toMatchObject({ throttlingPolicy: 'Unlimited', status: 'UNBLOCKED' });
    expect(schema.parse((await node.call(path)).body)).toEqual(schema.parse(reply.body));
    expect(heard).toMatchObject([{ change: 'created' }, { change: 'updated', policy: 'Unlimited' }]);
  });

  it('stays where the API does not offer the other one, or the subscription is blocked', async () => {
    const { path, body } = await subscribed();
    expect((await put(path, { ...body, requestedThrottlingPolicy: 'Gold' })).status).toBe(403);
    expect((await put(path, { ...body, status: 'BLOCKED' })).status).toBe(400);
    await node.apim.execute(`UPDATE AM_SUBSCRIPTION SET SUB_STATUS = 'BLOCKED' WHERE UUID = ?`, [
      path.replace('/subscriptions/', ''),
    ]);
    expect(errorBody.parse((await put(path, body)).body).code).toBe(400);
    expect((await node.call(path)).body).toMatchObject({ throttlingPolicy: 'Bronze', status: 'BLOCKED' });
  });

  it('is its application’s owner’s business, and that of no other subscription', async () => {
    const { path, body } = await subscribed();
    const { body: others } = await subscribed();
    expect((await put(path, body, await node.addUser('percy'))).status).toBe(403);
    expect((await put(path, others)).status).toBe(400);
    expect((await put('/subscriptions/nobody', body)).status).toBe(404);
    expect((await put(path, {})).status).toBe(400);
  });
});
