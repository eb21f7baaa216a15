import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';

useSharedKey();

const UUID = '11111111-2222-4333-8444-555555555555';

const ORDER = {
  type: 'object',
  required: ['pizza'],
  properties: {
    pizza: { type: 'string', example: 'Funghi' },
    count: { type: 'integer', minimum: 0, exclusiveMinimum: true },
    note: { type: 'string', nullable: true },
  },
};

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const OPENAPI_3 = {
  openapi: '3.0.1',
  info: { title: 'Pizza', version: '1.0.0' },
  paths: {
    '/order': {
      post: {
        requestBody: { $ref: '#/components/requestBodies/Order' },
        responses: {
          200: json({ type: 'array', items: reference('Order') }),
          default: json({ type: 'object', required: ['error'] }),
        },
      },
      put: { requestBody: json({ $ref: '#/components/schemas/Nowhere' }), responses: {} },
    },
  },
  components: { schemas: { Order: ORDER }, requestBodies: { Order: json(reference('Order')) } },
};

const SWAGGER_2 = {
  swagger: '2.0',
  info: { title: 'Pizza', version: '1.0.0' },
  paths: {
    '/order': {
      post: {
        parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Order' } }],
        responses: { 200: { description: 'OK', schema: { type: 'array', items: { $ref: '#/definitions/Order' } } } },
      },
    },
  },
  definitions: { Order: ORDER },
};

/** A gateway with an API that asks for checks; its back end answers with what the header `x-answer` says. */
const start = async (definition: object = OPENAPI_3, handler = 'SchemaValidator') => {
  const gateway = await startGateway();
  const received: string[] = [];
  await startBackend(gateway, async (incoming, response) => {
    received.push(await text(incoming));
    const {
      'x-status': status = '200',
      'x-answer': answer = '[]',
      'x-type': type = 'application/json',
    } = incoming.headers;
    response.writeHead(Number(status), {
      'Content-Type': String(type),
      'X-Encoding': incoming.headers['accept-encoding'] ?? 'none',
    });
    response.end(String(answer));
  });
  const xml = apiXml({ security: null, resources: [['GET POST PUT', '/order']] });
  const asked = `<handler class="a.${handler}"><property name="apiUUID" value="${UUID}"/></handler></handlers>`;
  await gateway.artifacts.apis.deploy(xml.replace('</handlers>', asked));
  const value = JSON.stringify(definition).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await gateway.artifacts.localEntries.deploy(
    `<localEntry xmlns="http://ws.apache.org/ns/synapse" key="${UUID}">${value}</localEntry>`,
  );
  const send = (method: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${gateway.url}/pizzashack/1.0.0/order`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { gateway, received, send };
};

describe.each([
  ['OpenAPI 3', OPENAPI_3],
  ['Swagger 2', SWAGGER_2],
])('an API that asks for checks by a definition in %s', (_name, definition) => {
  it('lets good messages pass as they are', async () => {
    const { send, received } = await start(definition);
    const answer = '[ {"pizza" : "Funghi"} ]';

    const reply = await send('POST', '{ "pizza": "Funghi", "count": 1 }', { 'x-answer': answer });

    expect(reply.status).toBe(200);
    expect(await reply.text()).toBe(answer);
    expect(received).toEqual(['{ "pizza": "Funghi", "count": 1 }']);
  });

  it('refuses requests that break their schema, which no back end sees', async () => {
    const { send, received } = await start(definition);

    const reply = await send('POST', { count: 0 });

    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      fault: {
        code: 400,
        type: 'Status report',
        message: 'Bad Request',
        description:
          "Schema validation failed in the Request: #: must have required property 'pizza', #/count: must be > 0, ",
      },
    });
    expect(received).toEqual([]);
  });

  it('refuses answers that break their schema', async () => {
    const { send, gateway } = await start(definition);

    const reply = await send('POST', { pizza: 'Funghi' }, { 'x-answer': '[{"pizza":1}]' });

    expect(reply.status).toBe(500);
    expect(await reply.json()).toMatchObject({
      fault: {
        code: 500,
        message: 'Bad Response',
        description: 'Schema validation failed in the Response: #/0/pizza: must be string, ',
      },
    });
    expect(gateway.lines.some((line) => line.includes('Schema validation failed in the Response'))).toBe(true);
  });
});

describe('an API that asks for checks', () => {
  it.each(['{', '\u0000', '"text"', '[]', 'null'])('refuses the body %j', async (body) => {
    const { send, received } = await start();
    expect((await send('POST', body)).status).toBe(400);
    expect(received).toEqual([]);
  });

  it('does not look at other media types, at empty bodies, and at GET', async () => {
    const { send } = await start();
    expect((await send('POST', 'count', { 'Content-Type': 'text/plain' })).status).toBe(200);
    expect((await send('POST', '')).status).toBe(200);
    expect((await send('GET', undefined, { 'x-answer': '{}' })).status).toBe(200);
    expect((await send('POST', { pizza: 'x' }, { 'x-answer': 'oops', 'x-type': 'text/plain' })).status).toBe(200);
  });

  it('checks what is not named by the default, and null where that is allowed', async () => {
    const { send } = await start();
    const body = { pizza: 'x', note: null };
    expect((await send('POST', body, { 'x-status': '404', 'x-answer': '{}' })).status).toBe(500);
    expect((await send('POST', body, { 'x-status': '404', 'x-answer': '{"error":1}' })).status).toBe(404);
  });

  it('asks back ends for plain answers', async () => {
    const { send } = await start();
    const reply = await send('POST', { pizza: 'x' }, { 'Accept-Encoding': 'gzip' });
    expect(reply.headers.get('x-encoding')).toBe('none');
  });

  it('says so where a schema is none', async () => {
    const { send, gateway } = await start();
    expect((await send('PUT', {})).status).toBe(501);
    expect(gateway.lines.some((line) => line.includes('the JSON schema of PUT /order'))).toBe(true);
  });

  it('refuses a body that is too long to be held', async () => {
    const { send } = await start();
    const reply = await send('POST', JSON.stringify({ pizza: 'x'.repeat(5 * 1024 * 1024) })).catch(() => undefined);
    // The connection may end before a client has sent everything.
    expect([413, undefined]).toContain(reply?.status);
    expect((await send('POST', { pizza: 'x' })).status).toBe(200);
  });
});

it('an API that does not ask is not checked', async () => {
  const { send } = await start(OPENAPI_3, 'APIManagerExtensionHandler');
  const reply = await send('POST', { count: 0 }, { 'x-answer': '{}' });
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({});
});
