import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventHubEndpoints } from '../../../compose/wso2am/server/event-hub/endpoints.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import { ADMIN, startDataNode } from './data-node.ts';

const portals = usePortals();
let portal: PortalNode;
let api: { readonly id: string; readonly context: string };
let consumerKey: string;

beforeAll(async () => {
  portal = await portals.start('3.2.0');
  api = await portal.api();
  const { applicationId, path } = await newApplication(portal);
  const keys = await portal.call(`${path}/generate-keys`, {
    json: { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'], validityTime: 3600, scopes: [] },
  });
  consumerKey = z.object({ consumerKey: z.string() }).parse(keys.body).consumerKey;
  await portal.call('/subscriptions', { json: { apiId: api.id, applicationId, throttlingPolicy: 'Bronze' } });
});

const start = async () => {
  const hub = await startDataNode(portal, (context) => eventHubEndpoints(context, { publish: () => true }));
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const { status, text } = await hub.request(`/internal/data/v1${path}`, { headers: { ...ADMIN, ...headers } });
    expect(status, path).toBe(200);
    return JSON.parse(text);
  };
  return { get };
};

const list = <T extends z.ZodType>(item: T) =>
  z.strictObject({ count: z.number(), list: z.array(item), pagination: z.null() });

const policy = { id: z.number(), tenantId: z.literal(-1234), name: z.string(), quotaType: z.string() };

const SCHEMAS = {
  '/apis': list(
    z.strictObject({
      apiId: z.number(),
      provider: z.string(),
      name: z.string(),
      version: z.string(),
      context: z.string(),
      policy: z.string().nullable(),
      apiType: z.string(),
      isDefaultVersion: z.boolean(),
      urlMappings: z.array(
        z.strictObject({
          authScheme: z.string(),
          throttlingPolicy: z.string(),
          httpMethod: z.string(),
          urlPattern: z.string(),
          scopes: z.array(z.string()),
        }),
      ),
    }),
  ),
  '/applications': list(
    z.strictObject({
      id: z.number(),
      uuid: z.uuid(),
      name: z.string(),
      subName: z.literal('admin'),
      policy: z.string(),
      tokenType: z.string(),
      groupIds: z.array(z.unknown()),
      attributes: z.record(z.string(), z.string()),
    }),
  ),
  '/subscriptions': list(
    z.strictObject({
      subscriptionId: z.number(),
      policyId: z.literal('Bronze'),
      apiId: z.number(),
      appId: z.number(),
      subscriptionState: z.literal('UNBLOCKED'),
    }),
  ),
  '/application-key-mappings': list(
    z.strictObject({
      applicationId: z.number(),
      consumerKey: z.string(),
      keyType: z.literal('PRODUCTION'),
      keyManager: z.literal('Resident Key Manager'),
    }),
  ),
  '/application-policies': list(z.strictObject(policy)),
  '/subscription-policies': list(
    z.strictObject({
      ...policy,
      rateLimitCount: z.number(),
      rateLimitTimeUnit: z.string().nullable(),
      stopOnQuotaReach: z.boolean(),
      graphQLMaxDepth: z.number(),
      graphQLMaxComplexity: z.number(),
    }),
  ),
  '/api-policies': list(
    z.strictObject({ ...policy, applicableLevel: z.string(), conditionGroups: z.array(z.unknown()) }),
  ),
} as const;

const lengthOf = (answer: unknown): number => z.object({ list: z.array(z.unknown()) }).parse(answer).list.length;

describe('the event hub', () => {
  it.each(Object.entries(SCHEMAS))('lists %s', async (path, schema) => {
    const { get } = await start();
    const answer = schema.parse(await get(path));
    expect(answer.count).toBe(answer.list.length);
    expect(answer.count).toBeGreaterThan(0);
  });

  it('tells the resources of an API, and singles it out by context and version', async () => {
    const { get } = await start();
    const { list: found } = SCHEMAS['/apis'].parse(await get(`/apis?context=${api.context}/1.0.0&version=1.0.0`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      context: `${api.context}/1.0.0`,
      isDefaultVersion: false,
      urlMappings: [
        { httpMethod: 'GET', urlPattern: '/menu', authScheme: 'Any', throttlingPolicy: 'Unlimited' },
        {
          httpMethod: 'POST',
          urlPattern: '/order/{id}',
          authScheme: 'Application_User',
          throttlingPolicy: '10KPerMin',
        },
      ],
    });
  });

  it.each([
    ['/application-policies?policyName=10PerMin', 1],
    ['/subscription-policies?policyName=Gold', 1],
    ['/api-policies?policyName=none', 0],
    ['/application-key-mappings?consumerKey=none', 0],
    ['/applications?appId=999999', 0],
    ['/subscriptions?apiId=999999&appId=1', 0],
    ['/apis?context=/none/1.0.0&version=1.0.0', 0],
  ])('answers %s with %i', async (path, count) => {
    const { get } = await start();
    expect(lengthOf(await get(path))).toBe(count);
  });

  it('finds the application of a client, and its subscription, by their ids', async () => {
    const { get } = await start();
    const mappings = SCHEMAS['/application-key-mappings'].parse(
      await get(`/application-key-mappings?consumerKey=${consumerKey}`),
    );
    const id = mappings.list[0]?.applicationId;
    expect(lengthOf(await get(`/applications?appId=${id}`))).toBe(1);
    expect(lengthOf(await get(`/subscriptions?appId=${id}`))).toBe(1);
  });

  it('has nothing for another tenant', async () => {
    const { get } = await start();
    expect(lengthOf(await get('/applications', { xWSO2Tenant: 'other.com' }))).toBe(0);
  });

  it('registers the resident Key Manager when it is asked for the first time, and once', async () => {
    const { get } = await start();
    await Promise.all([get('/keymanagers'), get('/keymanagers')]);
    expect(await get('/keymanagers')).toEqual([
      {
        name: 'Resident Key Manager',
        type: 'default',
        enabled: true,
        tenantDomain: 'carbon.super',
        configuration: { token_format_string: expect.stringContaining('REFERENCE') },
      },
    ]);
  });
});

describe('the throttle state of the event hub', () => {
  it('is that nothing is throttled, whatever is asked for', async () => {
    const hub = await startDataNode(portal, (context) => eventHubEndpoints(context, { publish: () => true }));
    const ask = (path: string) => hub.request(`/internal/data/v1${path}`);

    expect(await ask('/throttle')).toEqual({ status: 200, text: '' });
    expect(await ask('/throttleAsString?query=1')).toEqual({ status: 200, text: '[]' });
    expect(await ask('/isThrottled?query=7:/pizzashack/1.0.0:1.0.0')).toEqual({
      status: 200,
      text: '{"throttleKey":null,"throttleState":"ALLOWED"}',
    });
  });
});
