import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePublishers } from './fixture.ts';
import type { PublisherNode } from './publisher-node.ts';
import { create, newApi } from './sample-apis.ts';
import { apiInfo, apiSchema, errorBody, listOf } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;

beforeAll(async () => {
  node = await publishers.start();
});

describe.each(VERSIONS)('an API of %s', (version) => {
  it('is created with the defaults of what it does not say, and found again by its id', async () => {
    const publisher = await publishers.start(version);
    const { name, context } = newApi();

    const reply = await publisher.call('/apis', { json: { name, context, version: '1.0.0' } });

    expect(reply.status).toBe(201);
    const api = apiSchema(version).parse(reply.body);
    expect(api).toMatchObject({
      name,
      context,
      provider: 'admin',
      lifeCycleStatus: 'CREATED',
      transport: ['http', 'https'],
      visibility: 'PUBLIC',
      policies: [],
      authorizationHeader: 'Authorization',
    });
    expect(api.operations.map(({ verb, target }) => `${verb} ${target}`).sort()).toEqual([
      'DELETE /*',
      'GET /*',
      'PATCH /*',
      'POST /*',
      'PUT /*',
    ]);
    expect(reply.headers.get('location')).toContain(`${publisher.basePath}/apis/${api.id}`);
    expect((await publisher.call(`/apis/${api.id}`)).body).toEqual(reply.body);
  });

  it('leaves rows that key validation reads, scopes with their roles among them', async () => {
    const publisher = await publishers.start(version);
    const name = `order:write:${version}`;
    const scopes =
      version === '3.2.0'
        ? [{ scope: { name, displayName: 'Orders', bindings: ['Internal/subscriber'] }, shared: false }]
        : [{ name, description: 'Orders', bindings: { type: 'role', values: ['Internal/subscriber'] } }];
    const operations = [{ target: '/order', verb: 'POST', authType: 'Application User', scopes: [name] }];

    const api = await create(publisher, { scopes, operations });

    apiSchema(version).parse(api);
    const rows = await publisher.apim.query(
      `SELECT a.CONTEXT, a.CONTEXT_TEMPLATE, u.HTTP_METHOD, u.AUTH_SCHEME, u.URL_PATTERN, u.THROTTLING_TIER
       FROM AM_API a JOIN AM_API_URL_MAPPING u ON u.API_ID = a.API_ID WHERE a.API_UUID = ?`,
      [api.id],
    );
    expect(rows).toEqual([
      {
        CONTEXT: `${api.context}/1.0.0`,
        CONTEXT_TEMPLATE: `${api.context}/{version}`,
        HTTP_METHOD: 'POST',
        AUTH_SCHEME: 'Application_User',
        URL_PATTERN: '/order',
        THROTTLING_TIER: 'Unlimited',
      },
    ]);
    const resources =
      version === '3.2.0'
        ? await publisher.apim.query('SELECT URL_MAPPING_ID FROM AM_API_RESOURCE_SCOPE_MAPPING WHERE SCOPE_NAME = ?', [
            name,
          ])
        : await publisher.apim.query('SELECT SCOPE_ID FROM IDN_OAUTH2_RESOURCE_SCOPE WHERE RESOURCE_PATH = ?', [
            `${api.context}/1.0.0/1.0.0/order:POST`,
          ]);
    expect(resources).toHaveLength(1);
  });
});

describe('POST /apis', () => {
  it.each([
    ['no name', { name: undefined }, '400_name'],
    ['a name with a slash', { name: 'a/b' }, '400_name'],
    ['a name of 51 characters', { name: 'a'.repeat(51) }, '400_name'],
    ['a name that latin1 cannot write', { name: '披萨' }, '400_name'],
    ['no version', { version: null }, '400_version'],
    ['a context that climbs', { context: '/../admin' + '//' }, '400_context'],
    ['a context with two versions', { context: '/{version}/a/{version}' }, '400_context'],
    ['an unknown visibility', { visibility: 'SECRET' }, '400_visibility'],
    ['a verb that is none', { operations: [{ target: '/x', verb: 'FETCH' }] }, '400_operations.0.verb'],
    ['a number for a list', { policies: 5 }, '400_policies'],
  ])('refuses %s with 400 and the field at fault', async (_what, changes, code) => {
    const reply = await node.call('/apis', { json: newApi(changes) });

    expect(reply.status).toBe(400);
    const error = errorBody.parse(reply.body);
    expect(error).toMatchObject({ code: 400, message: 'Bad Request' });
    expect(error.error.map((item) => item.code)).toContain(code);
  });

  it.each([
    ['a policy', { policies: ['Platinum'] }, 'Platinum'],
    ['a resource policy', { operations: [{ target: '/x', verb: 'GET', throttlingPolicy: 'Turbo' }] }, 'Turbo'],
    ['a gateway', { gatewayEnvironments: ['Moon'] }, 'Moon'],
    ['a scope it does not declare', { operations: [{ target: '/x', verb: 'GET', scopes: ['fly'] }] }, 'fly'],
  ])('refuses %s that does not exist', async (_what, changes, name) => {
    const reply = await node.call('/apis', { json: newApi(changes) });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).description).toContain(name);
  });

  it('refuses an operation that comes twice, and one too long for its scopes', async () => {
    const get = { target: '/x', verb: 'GET' };
    const long = { target: `/${'x'.repeat(300)}`, verb: 'GET', scopes: ['s'] };
    const scopes = [{ name: 's', bindings: { type: 'role', values: [] } }];

    expect((await node.call('/apis', { json: newApi({ operations: [get, get] }) })).status).toBe(400);
    expect((await node.call('/apis', { json: newApi({ operations: [long], scopes }) })).status).toBe(400);
    expect((await node.call('/apis', { json: newApi({ operations: [{ ...long, scopes: [] }], scopes }) })).status).toBe(
      201,
    );
  });

  it('refuses what is no JSON', async () => {
    const headers = { 'Content-Type': 'application/json' };

    const reply = await node.call('/apis', { body: '{"name":', headers });

    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).description).toBe('Malformed request body.');
  });

  it('refuses another media type with 415', async () => {
    const reply = await node.call('/apis', { body: '<api/>', headers: { 'Content-Type': 'application/xml' } });

    expect(reply.status).toBe(415);
    errorBody.parse(reply.body);
  });

  it('refuses a context or a name and version that are taken with 409', async () => {
    const { name, context } = await create(node);

    const same = await node.call('/apis', { json: newApi({ name, context }) });
    const sameContext = await node.call('/apis', { json: newApi({ context }) });

    for (const reply of [same, sameContext]) {
      expect(reply.status).toBe(409);
      expect(errorBody.parse(reply.body).message).toBe('Resource Already Exists');
    }
  });

  it('lets one of two win that ask for the same at the same time', async () => {
    const other = await publishers.start();
    const json = newApi();

    const replies = await Promise.all([node, other].map((publisher) => publisher.call('/apis', { json })));

    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('takes SQL in a field as text', async () => {
    const description = `'); DROP TABLE AM_API; -- \\' OR 1=1`;

    const { id } = await create(node, { description, tags: [`' OR ''='`] });

    expect((await node.call(`/apis/${id}`)).body).toMatchObject({ description, tags: [`' OR ''='`] });
  });
});

describe('GET /apis', () => {
  it('pages through what a query finds, with links to the neighbours', async () => {
    const tag = 'paging';
    for (let index = 0; index < 3; index += 1) await create(node, { tags: [tag] });

    const page = listOf(apiInfo).parse((await node.call(`/apis?limit=1&offset=1&query=tags:${tag}`)).body);

    expect(page).toMatchObject({ count: 1, pagination: { total: 3, limit: 1, offset: 1 } });
    expect(page.pagination.next).toBe(`/apis?limit=1&offset=2&query=tags%3A${tag}`);
    expect(page.pagination.previous).toBe(`/apis?limit=1&offset=0&query=tags%3A${tag}`);
  });

  it('finds by part of a name, by exact name, by version and by status', async () => {
    const { name } = await create(node, { name: 'SearchableMargherita' });
    const found = async (query: string): Promise<readonly string[]> =>
      listOf(apiInfo)
        .parse((await node.call(`/apis?${new URLSearchParams({ query })}`)).body)
        .list.map((api) => api.name);

    expect(await found('margher')).toEqual([name]);
    expect(await found('name:"searchablemargherita"')).toEqual([name]);
    expect(await found('name:"margherita"')).toEqual([]);
    expect(await found('name:Search*rita version:1.0.0 status:created')).toEqual([name]);
    expect(await found('name:margherita status:published')).toEqual([]);
    expect(await found('colour:red')).toEqual([]);
  });

  it('refuses a limit that is no number', async () => {
    expect((await node.call('/apis?limit=many')).status).toBe(400);
  });
});

describe('an API', () => {
  it('is the same through another Publisher, which knows of changes at once', async () => {
    const other = await publishers.start();
    const { id } = await create(node);
    const before = (await other.call(`/apis/${id}`)).body;

    const changed = { ...newApi(), description: 'with more cheese', name: 'AnotherName', context: '/elsewhere' };
    const reply = await other.call(`/apis/${id}`, { method: 'PUT', json: changed });

    expect(reply.status).toBe(200);
    const after = apiSchema('3.0.0').parse((await node.call(`/apis/${id}`)).body);
    expect(after.description).toBe('with more cheese');
    const { name, context } = apiSchema('3.0.0').parse(before);
    expect(after).toMatchObject({ name, context });
  });

  it('is gone from every table after its deletion, and its name is free again', async () => {
    const api = newApi();
    const { id, name, context } = await create(node, api);

    expect((await node.call(`/apis/${id}`, { method: 'DELETE' })).status).toBe(200);

    expect((await node.call(`/apis/${id}`)).status).toBe(404);
    expect(await node.shared.query('SELECT REG_NAME FROM REG_RESOURCE WHERE REG_UUID = ?', [id])).toEqual([]);
    await create(node, { name, context });
  });

  it.each(['00000000-0000-4000-8000-000000000000', 'nobody', `' OR '1'='1`, '%E6%8A%AB', '..%2f..'])(
    'is not found under the id %s',
    async (id) => {
      const reply = await node.call(`/apis/${id}`);

      expect(reply.status).toBe(404);
      expect(errorBody.parse(reply.body)).toMatchObject({ code: 404, message: 'Not Found' });
    },
  );

  it('has at most one default version', async () => {
    const first = await create(node, { isDefaultVersion: true });
    const copied = await node.call(`/apis/copy-api?newVersion=2.0.0&apiId=${first.id}&defaultVersion=true`, {
      method: 'POST',
    });

    const second = apiSchema('3.0.0').parse(copied.body);

    expect(copied.status).toBe(201);
    expect(second).toMatchObject({
      name: first.name,
      version: '2.0.0',
      lifeCycleStatus: 'CREATED',
      isDefaultVersion: true,
    });
    expect((await node.call(`/apis/${first.id}`)).body).toMatchObject({ isDefaultVersion: false });
  });

  it('cannot be copied to a version that is there', async () => {
    const { id } = await create(node);

    expect((await node.call(`/apis/copy-api?newVersion=1.0.0&apiId=${id}`, { method: 'POST' })).status).toBe(409);
    expect((await node.call(`/apis/copy-api?newVersion=a/b&apiId=${id}`, { method: 'POST' })).status).toBe(400);
  });
});

describe('an operation that is not simulated', () => {
  it.each(['/apis/import-wsdl', '/apis/validate-wsdl'])(
    'POST %s is answered with 501 and a line in the log',
    async (path) => {
      const reply = await node.call(path, { method: 'POST' });

      expect(reply.status).toBe(501);
      expect(node.complaints).toContain(`Not simulated: POST ${node.basePath}${path.split('?')[0]}`);
    },
  );
});
