import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usePublishers } from './fixture.ts';
import type { PublisherNode } from './publisher-node.ts';
import { changeLifecycle, create } from './sample-apis.ts';
import { apiInfo, errorBody, lifecycleState, listOf, workflowResponse } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;

beforeAll(async () => {
  node = await publishers.start();
});

describe('change-lifecycle', () => {
  it('leads an API through its whole life, and records each step', async () => {
    const { id } = await create(node);
    const journey = [
      ['Deploy as a Prototype', 'Prototyped'],
      ['Demote to Created', 'Created'],
      ['Publish', 'Published'],
      ['Block', 'Blocked'],
      ['Re-Publish', 'Published'],
      ['Deprecate', 'Deprecated'],
      ['Retire', 'Retired'],
    ] as const;

    for (const [action, state] of journey) {
      const reply = await changeLifecycle(node, id, action);
      expect(reply.status, action).toBe(200);
      expect(workflowResponse.parse(reply.body).lifecycleState.state).toBe(state);
      expect(lifecycleState.parse((await node.call(`/apis/${id}/lifecycle-state`)).body).state).toBe(state);
    }

    const history = z
      .strictObject({
        count: z.literal(8),
        list: z.array(
          z.strictObject({
            previousState: z.string().nullable(),
            postState: z.string(),
            user: z.literal('admin'),
            updatedTime: z.iso.datetime(),
          }),
        ),
      })
      .parse((await node.call(`/apis/${id}/lifecycle-history`)).body);
    expect(history.list.map(({ postState }) => postState)).toEqual([
      'CREATED',
      ...journey.map(([, state]) => state.toUpperCase()),
    ]);
  });

  it('offers in each state what the next call may ask for', async () => {
    const { id } = await create(node);

    const published = workflowResponse.parse((await changeLifecycle(node, id, 'Publish')).body).lifecycleState;

    expect(published.availableTransitions).toContainEqual({ event: 'Block', targetState: 'Blocked' });
    for (const { event } of published.availableTransitions.filter((each) => each.event === 'Block')) {
      expect((await changeLifecycle(node, id, event)).status).toBe(200);
    }
  });

  it.each(['Retire', 'Re-Publish', 'Demote to Prototyped', 'Explode', '', '__proto__'])(
    'refuses %j for a new API with 400 and what it might do instead',
    async (action) => {
      const { id } = await create(node);

      const reply = await changeLifecycle(node, id, action);

      expect(reply.status).toBe(400);
      expect(errorBody.parse(reply.body).description).toBe(
        `Action '${action}' is not allowed. Allowed actions are [Publish, Deploy as a Prototype]`,
      );
    },
  );

  it('does not publish an API without end point or subscription policy', async () => {
    for (const changes of [{ endpointConfig: null }, { policies: [] }]) {
      const { id } = await create(node, changes);

      expect((await changeLifecycle(node, id, 'Publish')).status).toBe(500);
      expect((await node.call(`/apis/${id}`)).body).toMatchObject({ lifeCycleStatus: 'CREATED' });
    }
  });

  it('says 501 to a ticked box of the check list instead of passing over it', async () => {
    const { id } = await create(node);
    const lifecycleChecklist = 'Deprecate old versions after publishing the API:true';
    const query = new URLSearchParams({ action: 'Publish', apiId: id, lifecycleChecklist });

    expect((await node.call(`/apis/change-lifecycle?${query}`, { method: 'POST' })).status).toBe(501);
    expect((await node.call(`/apis/${id}`)).body).toMatchObject({ lifeCycleStatus: 'CREATED' });
  });

  it('is seen by the query of another Publisher at once', async () => {
    const other = await publishers.start();
    const { id, name } = await create(node);

    await changeLifecycle(node, id, 'Publish');

    const query = new URLSearchParams({ query: `name:"${name}" status:published` });
    const { list } = listOf(apiInfo).parse((await other.call(`/apis?${query}`)).body);
    expect(list.map((api) => api.id)).toEqual([id]);
  });

  it('does not know an API that is not there', async () => {
    expect((await changeLifecycle(node, '00000000-0000-4000-8000-000000000000', 'Publish')).status).toBe(404);
  });
});
