import { beforeAll, describe, expect, it } from 'vitest';
import { errorBody, listOf } from '../publisher/schemas.ts';
import { usePortals } from './fixture.ts';
import type { PortalNode } from './portal-node.ts';
import { newApplication } from './sample-applications.ts';
import { subscription } from './schemas.ts';

const portals = usePortals();
let node: PortalNode;

beforeAll(async () => {
  node = await portals.start();
});

/** Resolves when a statement of another connection hangs on a row that a transaction holds. */
const untilSomebodyWaits = async ({ apim }: PortalNode): Promise<void> => {
  const waiting = `SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()
    AND (INFO LIKE '%AM_APPLICATION%FOR UPDATE' OR INFO LIKE 'INSERT INTO AM_SUBSCRIPTION%')`;
  while ((await apim.query(waiting)).length === 0);
};

describe('subscriptions', () => {
  const subscribe = (apiId: string, applicationId: string, throttlingPolicy = 'Bronze') =>
    node.call('/subscriptions', { json: { apiId, applicationId, throttlingPolicy } });

  it('are listed by API and by application, and end when deleted', async () => {
    const [api, other] = [await node.api(), await node.api()];
    const { applicationId } = await newApplication(node);
    const { subscriptionId } = subscription.parse((await subscribe(api.id, applicationId)).body);
    await subscribe(other.id, applicationId);
    const ids = async (filter: string) =>
      listOf(subscription)
        .parse((await node.call(`/subscriptions?${filter}`)).body)
        .list.map((each) => each.apiId);

    expect(await ids(`apiId=${api.id}`)).toEqual([api.id]);
    expect(await ids(`applicationId=${applicationId}`)).toEqual([api.id, other.id]);
    expect((await node.call(`/subscriptions/${subscriptionId}`)).body).toMatchObject({ apiId: api.id });
    expect((await node.call(`/subscriptions/${subscriptionId}`, { method: 'DELETE' })).status).toBe(200);
    expect((await node.call(`/subscriptions/${subscriptionId}`)).status).toBe(404);
    expect(await ids(`applicationId=${applicationId}`)).toEqual([other.id]);
  });

  it('are one per application and API', async () => {
    const { id } = await node.api();
    const { applicationId } = await newApplication(node);

    expect((await subscribe(id, applicationId)).status).toBe(201);
    const reply = await subscribe(id, applicationId, 'Unlimited');

    expect(reply.status).toBe(409);
    expect(errorBody.parse(reply.body).message).toBe('Resource Already Exists');
  });

  it('wait for another node that is just subscribing the same application, and see what it did', async () => {
    const { id } = await node.api();
    const { applicationId } = await newApplication(node);

    const reply = await node.apim.transaction(async (otherNode) => {
      await otherNode.query('SELECT UUID FROM AM_APPLICATION WHERE UUID = ? FOR UPDATE', [applicationId]);
      await otherNode.execute(
        `INSERT INTO AM_SUBSCRIPTION (TIER_ID, API_ID, APPLICATION_ID, SUB_STATUS, UUID)
         SELECT 'Bronze', a.API_ID, p.APPLICATION_ID, 'UNBLOCKED', UUID() FROM AM_API a, AM_APPLICATION p
         WHERE a.API_UUID = ? AND p.UUID = ?`,
        [id, applicationId],
      );
      const second = subscribe(id, applicationId);
      await untilSomebodyWaits(node);
      return { second };
    });

    expect((await reply.second).status).toBe(409);
  });

  it('are refused a policy that is not the API’s, an API that is not published, and what is not there', async () => {
    const { id } = await node.api();
    const prototype = await node.api({}, 'PROTOTYPED');
    const hidden = await node.api({}, 'CREATED');
    const { applicationId } = await newApplication(node);

    expect((await subscribe(id, applicationId, 'Gold')).status).toBe(403);
    expect((await subscribe(prototype.id, applicationId)).status).toBe(404);
    expect((await subscribe(hidden.id, applicationId)).status).toBe(404);
    expect((await subscribe(id, 'nobody')).status).toBe(404);
    expect((await subscribe('nothing', applicationId)).status).toBe(404);
    expect((await node.call('/subscriptions', { json: { apiId: id, applicationId } })).status).toBe(400);
    expect((await node.call('/subscriptions')).status).toBe(400);
    expect((await node.visit('/subscriptions')).status).toBe(401);
  });

  it('are their application’s owner’s alone', async () => {
    const headers = await node.addUser('sid');
    const { id } = await node.api();
    const { applicationId } = await newApplication(node);
    const { subscriptionId } = subscription.parse((await subscribe(id, applicationId)).body);

    expect((await node.call(`/subscriptions/${subscriptionId}`, { headers })).status).toBe(403);
    expect((await node.call(`/subscriptions/${subscriptionId}`, { headers, method: 'DELETE' })).status).toBe(403);
    expect((await node.call(`/subscriptions?apiId=${id}`, { headers })).body).toMatchObject({ count: 0 });
    const json = { apiId: id, applicationId, throttlingPolicy: 'Unlimited' };
    expect((await node.call('/subscriptions', { headers, json })).status).toBe(403);
  });
});
