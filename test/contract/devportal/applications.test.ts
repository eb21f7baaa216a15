import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { errorBody, listOf } from '../publisher/schemas.ts';
import { usePortals } from './fixture.ts';
import type { PortalNode } from './portal-node.ts';
import { applicationInfo, applicationSchema } from './schemas.ts';

const portals = usePortals();
let node: PortalNode;
let subscriber: Readonly<Record<string, string>>;

beforeAll(async () => {
  node = await portals.start();
  subscriber = await node.addUser('sue');
});

const NOBODY = '00000000-0000-4000-8000-000000000000';

const create = async (name: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const reply = await node.call('/applications', { json: { name, throttlingPolicy: 'Unlimited', ...changes } });
  expect(reply.status).toBe(201);
  return applicationSchema('3.0.0').parse(reply.body);
};

describe.each(VERSIONS)('an application of %s', (version) => {
  it('is created with the answer of the definition, and takes JWTs unless told otherwise', async () => {
    const portal = await portals.start(version);

    const reply = await portal.call('/applications', {
      json: { name: `lab ${version}`, throttlingPolicy: '10PerMin', description: 'lab' },
    });

    expect(reply.status).toBe(201);
    const created = applicationSchema(version).parse(reply.body);
    expect(created).toMatchObject({ owner: 'admin', tokenType: 'JWT', keys: [], subscriptionCount: 0 });
    expect(reply.headers.get('location')).toMatch(
      new RegExp(`/api/am/store/v1.*/applications/${created.applicationId}$`),
    );
    expect((await portal.call(`/applications/${created.applicationId}`)).body).toEqual(reply.body);
  });
});

describe('applications', () => {
  it('are found by a part of the name, page by page', async () => {
    await create('Kitchen 1');
    await create('Kitchen 2');
    await create('Cellar', { tokenType: 'OAUTH' });

    const all = listOf(applicationInfo).parse((await node.call('/applications?query=kitchen')).body);
    const second = listOf(applicationInfo).parse(
      (await node.call('/applications?query=kitchen&limit=1&offset=1')).body,
    );

    expect(all.list.map(({ name }) => name)).toEqual(['Kitchen 1', 'Kitchen 2']);
    expect(second.list.map(({ name }) => name)).toEqual(['Kitchen 2']);
    expect(second.pagination).toMatchObject({ total: 2, next: '' });
  });

  it('change, and are seen changed on another node', async () => {
    const other = await portals.start();
    const { applicationId } = await create('Before', { tokenType: 'OAUTH' });

    const json = { name: 'After', throttlingPolicy: '20PerMin', description: 'new' };
    const reply = await node.call(`/applications/${applicationId}`, { method: 'PUT', json });

    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ ...json, tokenType: 'OAUTH' });
    expect((await other.call(`/applications/${applicationId}`)).body).toEqual(reply.body);
  });

  it('are gone once deleted', async () => {
    const { applicationId } = await create('Short life');

    expect((await node.call(`/applications/${applicationId}`, { method: 'DELETE' })).status).toBe(200);
    expect((await node.call(`/applications/${applicationId}`)).status).toBe(404);
    expect((await node.call(`/applications/${applicationId}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('of one name are one per user, even when two nodes create them at the same moment', async () => {
    const other = await portals.start();
    const json = { name: 'Twins', throttlingPolicy: 'Unlimited' };

    const replies = await Promise.all([node, other, node, other].map((each) => each.call('/applications', { json })));

    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const loser = replies.find(({ status }) => status === 409);
    expect(errorBody.parse(loser?.body)).toMatchObject({
      message: 'Resource Already Exists',
      description: 'A duplicate application already exists by the name - Twins',
    });
    expect((await node.call('/applications', { json, headers: subscriber })).status).toBe(201);
  });

  it('do not take the name of another one', async () => {
    await create('Taken');
    const { applicationId } = await create('Free');

    const json = { name: 'Taken', throttlingPolicy: 'Unlimited' };
    expect((await node.call(`/applications/${applicationId}`, { method: 'PUT', json })).status).toBe(409);
  });

  it('are nobody else’s to see', async () => {
    const { applicationId } = await create('Private');
    const path = `/applications/${applicationId}`;
    const json = { name: 'Stolen', throttlingPolicy: 'Unlimited' };

    for (const request of [{}, { method: 'PUT', json }, { method: 'DELETE' }]) {
      const reply = await node.call(path, { ...request, headers: subscriber });
      expect(reply.status).toBe(403);
      expect(errorBody.parse(reply.body).message).toBe('Forbidden');
    }
    const { list } = listOf(applicationInfo).parse((await node.call('/applications', { headers: subscriber })).body);
    expect(list.map(({ name }) => name)).not.toContain('Private');
    expect((await node.call(path)).body).toMatchObject({ name: 'Private' });
  });

  it.each([
    ['no name', { throttlingPolicy: 'Unlimited' }],
    ['a blank name', { name: '  ', throttlingPolicy: 'Unlimited' }],
    ['a name that is too long', { name: 'x'.repeat(101), throttlingPolicy: 'Unlimited' }],
    ['a name the column cannot hold', { name: '厨房', throttlingPolicy: 'Unlimited' }],
    ['no policy', { name: 'a' }],
    ['a policy that does not exist', { name: 'a', throttlingPolicy: 'Turbo' }],
    ['SQL for a policy', { name: 'a', throttlingPolicy: `' OR 1=1 --` }],
    ['an unknown token type', { name: 'a', throttlingPolicy: 'Unlimited', tokenType: 'SAML' }],
    ['a list', []],
  ])('are refused with %s', async (_what, json) => {
    const reply = await node.call('/applications', { json });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).message).toBe('Bad Request');
  });

  it('need a user who may subscribe', async () => {
    const publisher = await node.addUser('paul', 'publisher');

    expect((await node.visit('/applications')).status).toBe(401);
    expect((await node.call('/applications', { headers: publisher })).status).toBe(401);
    expect((await node.call('/applications', { headers: subscriber })).status).toBe(200);
  });

  it.each([NOBODY, 'nobody', '%27', '厨房'])('are not found by the id %s', async (id) => {
    expect((await node.call(`/applications/${encodeURIComponent(id)}`)).status).toBe(404);
  });
});
