import { createServer } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import type { Request } from '../publisher/publisher-node.ts';
import { newApi } from '../publisher/sample-apis.ts';
import { apiSchema, errorBody, listOf, throttlingPolicy } from '../publisher/schemas.ts';
import { counted, environment, publisherResults, validation } from './answer-tables.ts';

const DEFINITION = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Oven', version: '2.0.0' },
  servers: [{ url: 'https://oven.lab' }],
  paths: { '/bake': { post: { responses: { 200: { description: 'done' } } } } },
});

const portals = usePortals();

describe.each(VERSIONS)('the Publisher of %s', (version) => {
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  const publisher = (path: string, request: Request = {}) =>
    node.send((REST_BASE_PATHS.publisher[version][0] ?? '') + path, {
      ...request,
      headers: { ...basic('admin', 'admin'), ...request.headers },
    });
  const form = (fields: Readonly<Record<string, string | File>>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return { body };
  };
  const status = async (path: string) => (await publisher(path, { method: 'HEAD' })).status;
  const encoded = (name: string) => Buffer.from(name).toString('base64url');

  it('finds APIs in every state by what they say', async () => {
    const word = `burrata${version.replaceAll('.', '')}`;
    const { id } = await node.api({ tags: [word] }, 'CREATED');

    const reply = await publisher(`/search?query=${word}`);

    expect(publisherResults.parse(reply.body).list).toMatchObject([{ id, status: 'CREATED' }]);
    expect((await node.visit(`/search?query=${word}`)).body).toMatchObject({ count: 0 });
  });

  it('lists the policies of an API and the gateways it is on', async () => {
    const { id } = await node.api({ policies: ['Gold'] });

    const policies = await publisher(`/apis/${id}/subscription-policies`);
    const gateways = await publisher(`/settings/gateway-environments?apiId=${id}`);

    expect(z.array(throttlingPolicy).parse(policies.body)).toMatchObject([{ name: 'Gold' }]);
    expect(counted(environment).parse(gateways.body)).toMatchObject({
      count: 1,
      list: [{ name: 'Default' }],
    });
    expect((await publisher('/settings/gateway-environments?apiId=nothing')).status).toBe(404);
  });

  it('knows roles', async () => {
    expect(await status(`/roles/${encoded('admin')}`)).toBe(200);
    expect(await status(`/roles/${encoded('Internal/subscriber')}`)).toBe(200);
    expect(await status(`/roles/${encoded('cook')}`)).toBe(404);
    expect(await status(`/roles/${encoded('köchin')}`)).toBe(404);
    expect(await status(`/me/roles/${encoded('admin')}`)).toBe(200);
    expect(await status(`/me/roles/${encoded('cook')}`)).toBe(404);
  });

  it('says of a definition whether an API can be made of it', async () => {
    const validate = async (fields: Readonly<Record<string, string | File>>, query = '') =>
      validation.parse((await publisher(`/apis/validate-openapi${query}`, form(fields))).body);

    expect(await validate({ file: new File([DEFINITION], 'oven.json') })).toEqual({
      isValid: true,
      content: null,
      info: {
        name: 'Oven',
        version: '2.0.0',
        context: null,
        description: null,
        openAPIVersion: '3.0.1',
        endpoints: ['https://oven.lab'],
      },
      errors: [],
    });
    expect((await validate({ file: new File([DEFINITION], 'a') }, '?returnContent=true')).content).toBe(DEFINITION);
    expect(await validate({ file: new File(['{}'], 'a') })).toMatchObject({ isValid: false, info: null });
    expect((await publisher('/apis/validate-openapi', form({ other: 'x' }))).status).toBe(400);
  });

  it('makes an API of a definition', async () => {
    const { operations: _ignored, ...properties } = newApi({ version: '2.0.0' });
    const fields = { file: new File([DEFINITION], 'a'), additionalProperties: JSON.stringify(properties) };

    const reply = await publisher('/apis/import-openapi', form(fields));

    expect(reply.status).toBe(201);
    const api = apiSchema(version).parse(reply.body);
    expect(reply.headers.get('location')).toContain(`/apis/${api.id}`);
    expect(api.operations).toMatchObject([{ target: '/bake', verb: 'POST', throttlingPolicy: 'Unlimited' }]);
    expect((await publisher(`/apis/${api.id}/swagger`)).body).toMatchObject({ servers: [{ url: 'https://oven.lab' }] });
    expect((await publisher('/apis/import-openapi', form(fields))).status).toBe(409);
    const without = await publisher('/apis/import-openapi', form({ file: fields.file }));
    expect(errorBody.parse(without.body).code).toBe(400);
    const broken = { ...fields, additionalProperties: '{' };
    expect((await publisher('/apis/import-openapi', form(broken))).status).toBe(400);
  });

  it('reads a definition from a file or by HTTP, and from nowhere else', async () => {
    const server = createServer(({ url }, response) => {
      if (url === '/oven.json') return void response.end(DEFINITION);
      if (url === '/endless') return void response.end('x'.repeat(3 * 1024 * 1024));
      response.writeHead(302, { Location: '/oven.json' }).end();
    });
    const base = `http://127.0.0.1:${await listenOnLoopback(server)}`;
    const { id } = await node.api({}, 'CREATED');
    const put = async (fields: Readonly<Record<string, string | File>>) =>
      (await publisher(`/apis/${id}/swagger`, { method: 'PUT', ...form(fields) })).status;

    expect(await put({ url: `${base}/oven.json` })).toBe(200);
    expect((await publisher(`/apis/${id}`)).body).toMatchObject({ operations: [{ target: '/bake' }] });
    expect(await put({ file: new File([DEFINITION.replace('/bake', '/grill')], 'a') })).toBe(200);
    expect((await publisher(`/apis/${id}`)).body).toMatchObject({ operations: [{ target: '/grill' }] });
    expect(await put({ url: `${base}/elsewhere` })).toBe(400);
    expect(await put({ url: `${base}/endless` })).toBe(400);
    expect(await put({ url: 'file:///etc/passwd' })).toBe(400);
    expect(await put({ url: 'no url' })).toBe(400);
    expect(await put({})).toBe(400);
  });
});

describe('scopes', () => {
  const SCOPE = { name: 'order', description: 'orders', bindings: { type: 'role', values: ['admin'] } };
  const scope = z.strictObject({
    name: z.string(),
    description: z.string(),
    bindings: z.strictObject({ type: z.literal('role'), values: z.array(z.string()) }),
  });

  const publisher = (node: PortalNode, path: string, request: Request = {}) =>
    node.send((REST_BASE_PATHS.publisher[node.version][0] ?? '') + path, {
      ...request,
      headers: { ...basic('admin', 'admin'), ...request.headers },
    });

  it('of an API have a place of their own in 3.0.0', async () => {
    const node = await portals.start('3.0.0');
    const { id } = await node.api({}, 'CREATED');
    const path = `/apis/${id}/scopes`;

    const made = await publisher(node, path, { json: SCOPE });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toContain(`${path}/order`);
    expect(scope.parse(made.body)).toEqual(SCOPE);
    expect(errorBody.parse((await publisher(node, path, { json: SCOPE })).body).code).toBe(409);
    expect(listOf(scope).parse((await publisher(node, path)).body).list).toEqual([SCOPE]);
    expect(scope.parse((await publisher(node, `${path}/order`)).body)).toEqual(SCOPE);
    expect((await publisher(node, `/apis/${id}`)).body).toMatchObject({ scopes: [SCOPE] });

    const changed = { ...SCOPE, name: 'other', description: 'all orders' };
    const put = await publisher(node, `${path}/order`, { method: 'PUT', json: changed });
    expect(scope.parse(put.body)).toEqual({ ...SCOPE, description: 'all orders' });
    expect((await publisher(node, `${path}/order`, { method: 'DELETE' })).status).toBe(200);
    expect(errorBody.parse((await publisher(node, `${path}/order`)).body).code).toBe(404);
  });

  it('cannot go while an operation asks for them', async () => {
    const node = await portals.start('3.0.0');
    const operations = [{ target: '/menu', verb: 'GET', scopes: ['order'] }];
    const { id } = await node.api({ scopes: [{ ...SCOPE, name: 'order' }], operations }, 'CREATED');

    expect((await publisher(node, `/apis/${id}/scopes/order`, { method: 'DELETE' })).status).toBe(400);
  });

  it.each(['3.1.0', '3.2.0'] as const)('are asked for by name in %s', async (version) => {
    const node = await portals.start(version);
    const own = version === '3.2.0' ? { scope: { name: 'stew', bindings: ['admin'] } } : { ...SCOPE, name: 'stew' };
    await node.api({ scopes: [own] }, 'CREATED');
    const status = async (name: string) =>
      (await publisher(node, `/scopes/${Buffer.from(name).toString('base64url')}`, { method: 'HEAD' })).status;

    expect(await status('stew')).toBe(200);
    expect(await status('roast')).toBe(404);
  });
});
