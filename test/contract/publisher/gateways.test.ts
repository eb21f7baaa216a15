import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlerOf, readApi } from '../../../compose/wso2am/server/synapse/api-artifact.ts';
import { readEndpoint } from '../../../compose/wso2am/server/synapse/endpoint-artifact.ts';
import { readLocalEntry } from '../../../compose/wso2am/server/synapse/local-entry.ts';
import { readSequence } from '../../../compose/wso2am/server/synapse/sequence-artifact.ts';
import { usePublishers } from './fixture.ts';
import { type GatewayNode, startGateway } from './gateway-node.ts';
import type { PublisherNode } from './publisher-node.ts';
import { changeLifecycle, create, newApi } from './sample-apis.ts';
import { errorBody } from './schemas.ts';

const publishers = usePublishers();
let gateway: GatewayNode;
let node: PublisherNode;

beforeAll(async () => {
  gateway = await startGateway();
  node = await publishers.start('3.0.0', [{ name: 'Default', serviceUrl: gateway.serviceUrl }]);
});
afterAll(() => gateway.stop());

/** The API that a gateway serves; undefined where it has none. */
const served = async (name: string) => {
  const file = `admin--${name}.xml`;
  return (await gateway.files('api')).includes(file) ? readApi(await gateway.file('api', file)) : undefined;
};

describe('publishing', () => {
  it('brings API, endpoints and definition to the gateway', async () => {
    const { id, name, context } = await create(node);
    expect(await served(`${name}_v1.0.0`)).toBeUndefined();

    expect((await changeLifecycle(node, id, 'Publish')).status).toBe(200);

    const api = await served(`${name}_v1.0.0`);
    expect(api).toMatchObject({
      name: `admin--${name}:v1.0.0`,
      context: `${context}/1.0.0`,
      version: '1.0.0',
      uuid: id,
      resources: [
        { methods: ['GET'], template: '/menu' },
        { methods: ['POST'], template: '/order/{id}' },
      ],
    });
    expect(api?.resources[0]?.route).toEqual({
      kind: 'endpoints',
      production: { kind: 'named', name: `${name}--v1.0.0_APIproductionEndpoint` },
      sandbox: { kind: 'named', name: `${name}--v1.0.0_APIsandboxEndpoint` },
    });
    const endpoint = readEndpoint(await gateway.file('endpoints', `${name}--v1.0.0_APIproductionEndpoint.xml`));
    expect(endpoint.target?.href).toBe('http://backend:8080/');
    const entry = readLocalEntry(await gateway.file('local-entries', `${id}.xml`));
    expect(JSON.parse(entry.value)).toMatchObject({ openapi: '3.0.1', paths: { '/menu': {} } });
  });

  it('is repeated for an update, and undone by deletion, retirement and demotion', async () => {
    const api = newApi();
    const { id, name } = await create(node, api);
    await changeLifecycle(node, id, 'Publish');

    const json = { ...api, operations: [{ target: '/changed', verb: 'PUT' }] };
    expect((await node.call(`/apis/${id}`, { method: 'PUT', json })).status).toBe(200);
    expect((await served(`${name}_v1.0.0`))?.resources).toMatchObject([{ template: '/changed', methods: ['PUT'] }]);

    await changeLifecycle(node, id, 'Demote to Created');
    expect(await served(`${name}_v1.0.0`)).toBeUndefined();

    await changeLifecycle(node, id, 'Publish');
    expect(await served(`${name}_v1.0.0`)).toBeDefined();
    expect((await node.call(`/apis/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect(await served(`${name}_v1.0.0`)).toBeUndefined();
    expect(await gateway.files('local-entries')).not.toContain(`${id}.xml`);
    expect((await gateway.files('endpoints')).filter((file) => file.startsWith(`${name}--`))).toEqual([]);
  });

  it('tells the gateway of each state that callers notice', async () => {
    const { id, name } = await create(node);
    const state = async (action: string) => {
      await changeLifecycle(node, id, action);
      const api = await served(`${name}_v1.0.0`);
      return [
        api?.resources[0]?.route.kind,
        api !== undefined && handlerOf(api, 'APIAuthenticationHandler') !== undefined,
      ];
    };

    expect(await state('Deploy as a Prototype')).toEqual(['endpoints', false]);
    expect(await state('Publish')).toEqual(['endpoints', true]);
    expect(await state('Block')).toEqual(['blocked', true]);
    expect(await state('Re-Publish')).toEqual(['endpoints', true]);
  });

  it('makes the default version answer without a version, until it is so no longer', async () => {
    const api = newApi({ isDefaultVersion: true });
    const { id, name, context } = await create(node, api);

    await changeLifecycle(node, id, 'Publish');
    const served1 = await served(name);
    await node.call(`/apis/${id}`, { method: 'PUT', json: { ...api, isDefaultVersion: false } });

    expect(served1).toMatchObject({ name: `admin--${name}`, context });
    expect(served1?.resources[0]?.route).toEqual({ kind: 'version', context: `${context}/1.0.0` });
    expect(await served(name)).toBeUndefined();
    expect(await served(`${name}_v1.0.0`)).toBeDefined();
  });

  it('brings a WebSocket API as a sequence for each kind of key, and takes both back', async () => {
    const endpointConfig = {
      endpoint_type: 'http',
      production_endpoints: { url: 'ws://backend:8080/a?b=1&c="2"' },
      sandbox_endpoints: { url: 'ws://backend:8080/trial' },
    };
    const { id, name, context } = await create(node, newApi({ type: 'WS', endpointConfig, transport: ['http'] }));
    const sequences = async () => (await gateway.files('sequences')).filter((file) => file.includes(context.slice(1)));

    await changeLifecycle(node, id, 'Publish');

    const [production, sandbox] = [`_PRODUCTION_-${context.slice(1)}-1.0.0`, `_SANDBOX_-${context.slice(1)}-1.0.0`];
    expect(await sequences()).toEqual([`${production}.xml`, `${sandbox}.xml`]);
    expect(readSequence(await gateway.file('sequences', `${production}.xml`))).toEqual({
      name: production,
      address: 'ws://backend:8080/a?b=1&c="2"',
    });
    expect(await served(`${name}_v1.0.0`)).toBeUndefined();
    expect((await node.call(`/apis/${id}`)).body).toMatchObject({ type: 'WS', transport: ['ws', 'wss'] });

    await changeLifecycle(node, id, 'Demote to Created');
    expect(await sequences()).toEqual([]);
  });

  it('stands in the database also when a gateway cannot be reached or refuses, and names it', async () => {
    const away = await startGateway();
    await away.stop();
    const publisher = await publishers.start('3.0.0', [
      { name: 'Default', serviceUrl: gateway.serviceUrl },
      { name: 'Away', serviceUrl: away.serviceUrl },
      { name: 'Strict', serviceUrl: gateway.serviceUrl, password: 'wrong' },
    ]);
    const { id, name } = await create(publisher);

    const reply = await changeLifecycle(publisher, id, 'Publish');

    expect(reply.status).toBe(500);
    expect(errorBody.parse(reply.body).description).toBe(
      `Error while deploying API ${name}-1.0.0 to gateway environments: Away, Strict`,
    );
    expect((await publisher.call(`/apis/${id}`)).body).toMatchObject({ lifeCycleStatus: 'PUBLISHED' });
    expect(await served(`${name}_v1.0.0`)).toBeDefined();
    expect(publisher.complaints.some((line) => line.startsWith('Error occurred when publish to gateway Away'))).toBe(
      true,
    );
  });
});
