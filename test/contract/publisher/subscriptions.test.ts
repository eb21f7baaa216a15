import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { usePublishers } from './fixture.ts';
import type { PublisherNode } from './publisher-node.ts';
import { create } from './sample-apis.ts';
import { errorBody, listOf, subscription } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;

beforeAll(async () => {
  node = await publishers.start();
});

/** Subscribes an application of the admin to an API, as the Portal would. @returns the subscription's id */
const subscribe = async (apiId: string): Promise<string> => {
  const id = randomUUID();
  await node.apim.execute('INSERT IGNORE INTO AM_SUBSCRIBER (USER_ID, TENANT_ID) VALUES (?, ?)', ['admin', -1234]);
  await node.apim.execute(
    'INSERT INTO AM_APPLICATION (NAME, SUBSCRIBER_ID, UUID) SELECT ?, SUBSCRIBER_ID, ? FROM AM_SUBSCRIBER',
    [`app ${id}`, randomUUID()],
  );
  await node.apim.execute(
    `INSERT INTO AM_SUBSCRIPTION (TIER_ID, API_ID, APPLICATION_ID, SUB_STATUS, UUID)
     SELECT 'Bronze', a.API_ID, p.APPLICATION_ID, 'UNBLOCKED', ? FROM AM_API a, AM_APPLICATION p
     WHERE a.API_UUID = ? AND p.NAME = ?`,
    [id, apiId, `app ${id}`],
  );
  return id;
};

const call = (path: string) => node.call(path, { method: 'POST' });

describe('subscriptions', () => {
  it('are listed by API, blocked and let go again', async () => {
    const { id: apiId } = await create(node);
    const { id: otherApi } = await create(node);
    const id = await subscribe(apiId);
    await subscribe(otherApi);

    const { list } = listOf(subscription).parse((await node.call(`/subscriptions?apiId=${apiId}`)).body);
    expect(list).toMatchObject([{ subscriptionId: id, throttlingPolicy: 'Bronze', subscriptionStatus: 'UNBLOCKED' }]);

    for (const state of ['BLOCKED', 'PROD_ONLY_BLOCKED']) {
      const reply = await call(`/subscriptions/block-subscription?subscriptionId=${id}&blockState=${state}`);
      expect(reply.status).toBe(200);
      expect(subscription.parse(reply.body).subscriptionStatus).toBe(state);
      expect(await node.apim.query('SELECT SUB_STATUS FROM AM_SUBSCRIPTION WHERE UUID = ?', [id])).toEqual([
        { SUB_STATUS: state },
      ]);
    }

    const reply = await call(`/subscriptions/unblock-subscription?subscriptionId=${id}`);
    expect(subscription.parse(reply.body).subscriptionStatus).toBe('UNBLOCKED');
  });

  it('keep their API from being deleted', async () => {
    const { id: apiId } = await create(node);
    await subscribe(apiId);

    const reply = await node.call(`/apis/${apiId}`, { method: 'DELETE' });

    expect(reply.status).toBe(409);
    expect(errorBody.parse(reply.body).message).toBe('Conflict');
    expect((await node.call(`/apis/${apiId}`)).status).toBe(200);
  });

  it('are refused what is no state, and not found where there is none', async () => {
    const { id: apiId } = await create(node);
    const id = await subscribe(apiId);

    expect((await call(`/subscriptions/block-subscription?subscriptionId=${id}&blockState=FROZEN`)).status).toBe(400);
    expect((await call('/subscriptions/unblock-subscription?subscriptionId=nobody')).status).toBe(404);
    expect((await node.call('/subscriptions?apiId=nobody')).status).toBe(404);
  });
});
