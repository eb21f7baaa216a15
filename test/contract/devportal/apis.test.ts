import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { errorBody, listOf } from '../publisher/schemas.ts';
import { usePortals } from './fixture.ts';
import type { PortalNode } from './portal-node.ts';
import { apiInfo } from './schemas.ts';

const portals = usePortals();
let node: PortalNode;

beforeAll(async () => {
  node = await portals.start();
});

const idsSeen = async (reply: Promise<{ readonly body: unknown }>) =>
  listOf(apiInfo)
    .parse((await reply).body)
    .list.map(({ id }) => id);

describe.each(VERSIONS)('APIs of %s', (version) => {
  it('are shown to visitors with the address of the gateway', async () => {
    const portal = await portals.start(version);
    const { id, context, name } = await portal.api({ tags: ['food'] });

    const reply = await portal.visit(`/apis/${id}`);

    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      name,
      context: `${context}/1.0.0`,
      lifeCycleStatus: 'PUBLISHED',
      tags: ['food'],
      isSubscriptionAvailable: true,
      tiers: [{ tierName: 'Bronze' }, { tierName: 'Unlimited' }],
      endpointURLs: [
        {
          environmentName: 'Default',
          URLs: {
            https: `https://gw.lab:8243${context}/1.0.0`,
            http: `http://gw.lab:8280${context}/1.0.0`,
            ws: null,
            wss: null,
          },
        },
      ],
    });
    expect(reply.body).not.toHaveProperty('endpointConfig');
    const definition = z
      .looseObject({ openapi: z.string(), servers: z.array(z.object({ url: z.string() })), paths: z.looseObject({}) })
      .parse((await portal.visit(`/apis/${id}/swagger`)).body);
    expect(definition.servers[0]).toEqual({ url: `https://gw.lab:8243${context}/1.0.0` });
    expect(Object.keys(definition.paths)).toContain('/menu');
  });

  it('of WebSocket are shown with the addresses of its listeners', async () => {
    const portal = await portals.start(version);
    const endpointConfig = { endpoint_type: 'http', production_endpoints: { url: 'ws://backend:8080' } };
    const { id, context } = await portal.api({ type: 'WS', endpointConfig });

    expect((await portal.visit(`/apis/${id}`)).body).toMatchObject({
      endpointURLs: [
        {
          URLs: {
            https: null,
            http: null,
            ws: `ws://gw.lab:9099${context}/1.0.0`,
            wss: `wss://gw.lab:8099${context}/1.0.0`,
          },
        },
      ],
    });
  });

  it('have settings for visitors and for users', async () => {
    const portal = await portals.start(version);
    const scopes = z.looseObject({ scopes: z.array(z.string()), grantTypes: z.array(z.string()) });

    expect(scopes.parse((await portal.visit('/settings')).body).scopes).toEqual([]);
    expect(scopes.parse((await portal.call('/settings')).body).scopes).toContain('apim:subscribe');
  });
});

describe('the list of APIs', () => {
  it('has what is published or a prototype, and is searched', async () => {
    const published = await node.api({ tags: ['dough'] });
    const prototyped = await node.api({ tags: ['dough'] }, 'PROTOTYPED');
    const deprecated = await node.api({ tags: ['dough'] }, 'DEPRECATED');
    const created = await node.api({ tags: ['dough'] }, 'CREATED');

    expect((await idsSeen(node.visit('/apis?query=tag:dough'))).sort()).toEqual([published.id, prototyped.id].sort());
    expect(await idsSeen(node.call(`/apis?query=name:"${published.name}"`))).toEqual([published.id]);
    expect((await node.visit(`/apis/${deprecated.id}`)).status).toBe(200);
    expect((await node.visit(`/apis/${created.id}`)).status).toBe(404);
    expect((await node.visit(`/apis/${created.id}/swagger`)).status).toBe(404);
  });

  it('has its tags counted', async () => {
    await node.api({ tags: ['counted', 'twice'] });
    await node.api({ tags: ['twice'] }, 'PROTOTYPED');
    await node.api({ tags: ['twice', 'never'] }, 'CREATED');

    const { list } = listOf(z.strictObject({ value: z.string(), count: z.int() })).parse(
      (await node.visit('/tags?limit=100')).body,
    );

    expect(list).toContainEqual({ value: 'counted', count: 1 });
    expect(list).toContainEqual({ value: 'twice', count: 2 });
    expect(list.map(({ value }) => value)).not.toContain('never');
  });

  it('shows an API to those it is for', async () => {
    const headers = await node.addUser('sally');
    const inside = await node.api({ visibility: 'PRIVATE', tags: ['secret'] });
    const chefs = await node.api({ visibility: 'RESTRICTED', visibleRoles: ['chef'], tags: ['secret'] });
    const query = '/apis?query=tag:secret';

    expect(await idsSeen(node.visit(query))).toEqual([]);
    expect(await idsSeen(node.call(query, { headers }))).toEqual([inside.id]);
    expect((await idsSeen(node.call(query))).sort()).toEqual([inside.id, chefs.id].sort());
    expect((await node.call(`/apis/${chefs.id}`, { headers })).status).toBe(404);
  });

  it.each(['nothing', '00000000-0000-4000-8000-000000000000', '%27%20OR%201'])('knows no API %s', async (id) => {
    const reply = await node.visit(`/apis/${id}`);

    expect(reply.status).toBe(404);
    expect(errorBody.parse(reply.body).message).toBe('Not Found');
  });

  it('is refused to credentials that are wrong', async () => {
    expect((await node.visit('/apis', { headers: { Authorization: 'Bearer nothing' } })).status).toBe(401);
    expect((await node.visit('/apis', { headers: { 'X-WSO2-Tenant': 'other.com' } })).status).toBe(400);
  });
});

describe('throttling policies', () => {
  it('are listed by level', async () => {
    const policy = z.looseObject({ name: z.string(), policyLevel: z.string(), unitTime: z.int() });
    const names = async (level: string) =>
      listOf(policy)
        .parse((await node.visit(`/throttling-policies/${level}`)).body)
        .list.map(({ name }) => name)
        .sort();

    expect(await names('application')).toEqual(['10PerMin', '20PerMin', '50PerMin', 'Unlimited']);
    expect(await names('subscription')).toEqual(['Bronze', 'Gold', 'Silver', 'Unlimited']);
    expect((await node.visit('/throttling-policies/application/10PerMin')).body).toMatchObject({
      policyLevel: 'application',
      requestCount: 10,
      unitTime: 60_000,
    });
    expect((await node.visit('/throttling-policies/application/Turbo')).status).toBe(404);
    expect((await node.visit('/throttling-policies/planet')).status).toBe(400);
  });
});
