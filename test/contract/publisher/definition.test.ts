import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usePublishers } from './fixture.ts';
import type { PublisherNode } from './publisher-node.ts';
import { create, newApi } from './sample-apis.ts';
import { apiSchema, errorBody } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;

beforeAll(async () => {
  node = await publishers.start();
});

const definitionOf = async (id: string) => (await node.call(`/apis/${id}/swagger`)).body;

const put = (id: string, text: string) => {
  const form = new FormData();
  form.set('apiDefinition', text);
  return node.call(`/apis/${id}/swagger`, { method: 'PUT', body: form });
};

const operationsOf = async (id: string) => apiSchema('3.0.0').parse((await node.call(`/apis/${id}`)).body).operations;

describe('the definition of an API', () => {
  it('is made from its operations, in the version of OpenAPI that was asked for', async () => {
    const { id } = await create(node);
    const v2 = await node.call('/apis?openAPIVersion=V2', { json: newApi() });
    const { id: second } = z.looseObject({ id: z.string() }).parse(v2.body);

    expect(await definitionOf(id)).toMatchObject({
      openapi: '3.0.1',
      info: { version: '1.0.0' },
      paths: {
        '/menu': { get: { 'x-auth-type': 'Application & Application User', 'x-throttling-tier': 'Unlimited' } },
        '/order/{id}': {
          post: {
            'x-auth-type': 'Application User',
            'x-throttling-tier': '10KPerMin',
            parameters: [{ name: 'id', in: 'path', required: true }],
          },
        },
      },
    });
    expect(await definitionOf(second)).toMatchObject({ swagger: '2.0' });
    expect((await node.call('/apis?openAPIVersion=V4', { json: newApi() })).status).toBe(400);
  });

  it('that is put gives the API its operations, and keeps what it says besides', async () => {
    const { id } = await create(node);
    const definition = {
      openapi: '3.0.1',
      info: { title: 'mine', version: '1.0.0', description: 'kept' },
      paths: {
        '/menu': { get: { summary: 'kept', responses: { 200: { description: 'kept' } } } },
        '/pizza': { delete: { responses: {}, 'x-auth-type': 'None', 'x-throttling-tier': '20KPerMin' } },
      },
      components: { schemas: { Pizza: { type: 'object' } } },
    };

    expect((await put(id, JSON.stringify(definition))).status).toBe(200);

    expect(await operationsOf(id)).toMatchObject([
      { target: '/menu', verb: 'GET', authType: 'Application & Application User', throttlingPolicy: 'Unlimited' },
      { target: '/pizza', verb: 'DELETE', authType: 'None', throttlingPolicy: '20KPerMin' },
    ]);
    expect(await definitionOf(id)).toMatchObject({
      info: { description: 'kept' },
      paths: { '/menu': { get: { summary: 'kept' } } },
      components: { schemas: { Pizza: { type: 'object' } } },
    });
  });

  it('may be YAML', async () => {
    const { id } = await create(node);
    const text = 'swagger: "2.0"\ninfo: {title: t, version: "1"}\npaths:\n  /yaml:\n    put: {responses: {}}\n';

    expect((await put(id, text)).status).toBe(200);
    expect(await operationsOf(id)).toMatchObject([{ target: '/yaml', verb: 'PUT' }]);
  });

  it('follows the operations when the API is updated', async () => {
    const api = newApi();
    const { id } = await create(node, api);

    await node.call(`/apis/${id}`, { method: 'PUT', json: { ...api, operations: [{ target: '/new', verb: 'GET' }] } });

    expect(await definitionOf(id)).toMatchObject({ paths: { '/new': { get: { 'x-auth-type': expect.any(String) } } } });
    expect(await definitionOf(id)).not.toMatchObject({ paths: { '/menu': expect.anything() } });
  });

  it.each([
    ['no definition', 'hello'],
    ['neither JSON nor YAML', '{"a": [1,'],
    ['without operations', '{"openapi":"3.0.1","info":{"title":"t","version":"1"},"paths":{}}'],
    [
      'with a policy nobody knows',
      '{"openapi":"3.0.1","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"x-throttling-tier":"Turbo"}}}}',
    ],
    [
      'a bomb of anchors',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (name, index) => `${name}: &${name} [${`*${String.fromCharCode(97 + Number(index))},`.repeat(9)}]\n`)}`,
    ],
  ])('is refused when it is %s', async (_what, text) => {
    const { id } = await create(node);
    const before = await definitionOf(id);

    const reply = await put(id, text);

    expect(reply.status).toBe(400);
    errorBody.parse(reply.body);
    expect(await definitionOf(id)).toEqual(before);
  });

  it('is taken as a form with parts only', async () => {
    const { id } = await create(node);

    const json = await node.call(`/apis/${id}/swagger`, { method: 'PUT', json: { openapi: '3.0.1' } });
    const broken = await node.call(`/apis/${id}/swagger`, {
      method: 'PUT',
      body: 'no boundary here',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });

    expect(json.status).toBe(415);
    expect(broken.status).toBe(400);
  });
});
