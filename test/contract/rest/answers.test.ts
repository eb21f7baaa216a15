import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import type { Request } from '../publisher/publisher-node.ts';
import { newApi } from '../publisher/sample-apis.ts';
import { answerTables } from './answer-tables.ts';
import { simulatedOperations } from './simulated-operations.ts';

const id = z.looseObject({ id: z.string() });
const form = (name: string, value: string | File) => {
  const body = new FormData();
  body.set(name, value);
  return { body };
};
const DEFINITION = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'Oven', version: '1.0.0' },
  paths: { '/bake': { post: { responses: { 200: { description: 'done' } } } } },
});

/** Calls every operation once, and holds each answer against its table. */
class Tour {
  readonly node: PortalNode;
  readonly seen: Record<'publisher' | 'store', Set<string>> = { publisher: new Set(), store: new Set() };

  constructor(node: PortalNode) {
    this.node = node;
  }

  /** @param parts of the path, by name */
  async ask(
    api: 'publisher' | 'store',
    operation: string,
    parts: Readonly<Record<string, string>> = {},
    { query = '', ...request }: Request & { readonly query?: string } = {},
  ): Promise<unknown> {
    const [method = '', template = ''] = operation.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? 'missing');
    const reply = await this.node.send((REST_BASE_PATHS[api][this.node.version][0] ?? '') + path + query, {
      method,
      ...request,
      headers: { ...basic('admin', 'admin'), ...request.headers },
    });
    expect(reply.status, `${operation} ${JSON.stringify(reply.body)}`).toBeLessThan(300);
    const table = answerTables(api, this.node.version)[operation];
    expect(table?.safeParse(reply.body).error?.message, operation).toBeUndefined();
    expect(table, `${operation} has a table`).toBeDefined();
    this.seen[api].add(operation);
    return reply.body;
  }
}

const tourOfPublisher = async (tour: Tour, version: Version): Promise<string> => {
  const ask = (operation: string, parts?: Readonly<Record<string, string>>, request?: Request & { query?: string }) =>
    tour.ask('publisher', operation, parts, request);
  const post = { method: 'POST' };
  // No gateway runs here: an API that is on none is published all the same.
  const fields = newApi({ gatewayEnvironments: [], tags: ['toured'], description: 'toured' });
  const apiId = id.parse(await ask('POST /apis', {}, { json: fields })).id;
  const at = { apiId };
  await ask('GET /apis', {}, { query: '?limit=1' });
  await ask('GET /apis/{apiId}', at);
  await ask('PUT /apis/{apiId}', at, { json: { ...fields, description: 'toured again' } });
  await ask('POST /apis/change-lifecycle', {}, { ...post, query: `?action=Publish&apiId=${apiId}` });
  await ask('GET /apis/{apiId}/lifecycle-state', at);
  await ask('GET /apis/{apiId}/lifecycle-history', at);
  const copy = id.parse(await ask('POST /apis/copy-api', {}, { ...post, query: `?newVersion=2.0.0&apiId=${apiId}` }));
  await ask('DELETE /apis/{apiId}', { apiId: copy.id });
  await ask('POST /apis/validate', {}, { ...post, query: `?query=name:${fields.name}` });
  await ask('POST /apis/validate-openapi', {}, form('file', new File([DEFINITION], 'oven.json')));
  const imported = form('file', new File([DEFINITION], 'oven.json'));
  const { operations: _operations, ...properties } = newApi({ gatewayEnvironments: [] });
  imported.body.set('additionalProperties', JSON.stringify(properties));
  const oven = id.parse(await ask('POST /apis/import-openapi', {}, imported));
  await ask('GET /apis/{apiId}/swagger', at);
  await ask('PUT /apis/{apiId}/swagger', { apiId: oven.id }, { method: 'PUT', ...form('apiDefinition', DEFINITION) });
  await ask('GET /apis/{apiId}/subscription-policies', at);
  await ask('PUT /apis/{apiId}/thumbnail', at, form('file', new File(['1'], 'icon', { type: 'image/png' })));
  await ask('GET /apis/{apiId}/thumbnail', at);

  const json = { name: 'how to', type: 'HOWTO', sourceType: 'INLINE', visibility: 'API_LEVEL' };
  const made = z.looseObject({ documentId: z.string() }).parse(await ask('POST /apis/{apiId}/documents', at, { json }));
  const document = { apiId, documentId: made.documentId };
  await ask('POST /apis/{apiId}/documents/{documentId}/content', document, form('inlineContent', '"toured"'));
  await ask('GET /apis/{apiId}/documents/{documentId}/content', document);
  await ask('GET /apis/{apiId}/documents', at);
  await ask('GET /apis/{apiId}/documents/{documentId}', document);
  await ask('PUT /apis/{apiId}/documents/{documentId}', document, { json });
  await ask('POST /apis/{apiId}/documents/validate', at, { ...post, query: '?name=how%20to' });
  const second = await ask('POST /apis/{apiId}/documents', at, { json: { ...json, name: 'other' } });
  const other = z.looseObject({ documentId: z.string() }).parse(second);
  await ask('DELETE /apis/{apiId}/documents/{documentId}', { apiId, documentId: other.documentId });

  const plain = { name: 'toured', description: '', bindings: { type: 'role', values: ['admin'] } };
  if (version === '3.0.0') {
    const scope = { apiId, name: 'toured' };
    await ask('POST /apis/{apiId}/scopes', at, { json: plain });
    await ask('GET /apis/{apiId}/scopes', at);
    await ask('GET /apis/{apiId}/scopes/{name}', scope);
    await ask('PUT /apis/{apiId}/scopes/{name}', scope, { json: plain });
    await ask('DELETE /apis/{apiId}/scopes/{name}', scope);
  } else {
    const scopes = version === '3.2.0' ? [{ scope: { name: 'toured', bindings: ['admin'] } }] : [plain];
    await ask('PUT /apis/{apiId}', { apiId: oven.id }, { json: { ...properties, scopes } });
    const name = Buffer.from('toured').toString('base64url');
    const operation = version === '3.2.0' ? 'HEAD /scopes/{scopeId}' : 'HEAD /scopes/{name}';
    await ask(operation, { name, scopeId: name });
  }
  if (version === '3.2.0') await ask('GET /api-categories');
  const roleId = Buffer.from('admin').toString('base64url');
  await ask('HEAD /me/roles/{roleId}', { roleId });
  await ask('HEAD /roles/{roleId}', { roleId });
  await ask('GET /labels');
  await ask('GET /tenants');
  await ask('HEAD /tenants/{tenantDomain}', { tenantDomain: 'carbon.super' });
  await ask('GET /external-stores');
  await ask('GET /apis/{apiId}/external-stores', at);
  await ask('GET /apis/{apiId}/resource-paths', at);
  await ask('GET /search', {}, { query: '?query=toured' });
  await ask('GET /settings');
  await ask('GET /settings/gateway-environments');
  await ask('GET /throttling-policies/{policyLevel}', { policyLevel: 'subscription' });
  await ask('GET /throttling-policies/{policyLevel}/{policyName}', { policyLevel: 'api', policyName: 'Unlimited' });
  return apiId;
};

const tourOfPortal = async (tour: Tour, version: Version, apiId: string): Promise<void> => {
  const ask = (operation: string, parts?: Readonly<Record<string, string>>, request?: Request & { query?: string }) =>
    tour.ask('store', operation, parts, request);
  const post = { method: 'POST' };
  const at = { apiId };
  await ask('GET /apis', {}, { query: '?limit=1' });
  await ask('GET /apis/{apiId}', at);
  await ask('GET /apis/{apiId}/swagger', at);
  await ask('GET /apis/{apiId}/thumbnail', at);
  await ask('GET /apis/{apiId}/subscription-policies', at);
  const { list } = z
    .looseObject({ list: z.array(z.looseObject({ documentId: z.string() })).min(1) })
    .parse(await ask('GET /apis/{apiId}/documents', at));
  const document = { apiId, documentId: list[0]?.documentId ?? '' };
  await ask('GET /apis/{apiId}/documents/{documentId}', document);
  await ask('GET /apis/{apiId}/documents/{documentId}/content', document);
  await ask('GET /search', {}, { query: '?query=toured' });
  await ask('GET /settings');
  await ask('GET /tags');
  await ask('GET /tenants');
  await ask('GET /throttling-policies/{policyLevel}', { policyLevel: 'application' });
  await ask('GET /throttling-policies/{policyLevel}/{policyId}', {
    policyLevel: 'subscription',
    policyId: 'Bronze',
  });

  const json = { name: 'toured', throttlingPolicy: 'Unlimited', tokenType: 'OAUTH' };
  const { applicationId } = z
    .looseObject({ applicationId: z.string() })
    .parse(await ask('POST /applications', {}, { json }));
  const application = { applicationId, keyType: 'PRODUCTION' };
  await ask('GET /applications', {}, { query: '?query=toured' });
  await ask('PUT /applications/{applicationId}', application, { json });
  const keys = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'], validityTime: 3600 };
  const generated = await ask('POST /applications/{applicationId}/generate-keys', application, { json: keys });
  const { keyMappingId = '', ...credentials } = z
    .object({ keyMappingId: z.string().optional(), consumerKey: z.string(), consumerSecret: z.string() })
    .parse(generated);
  await ask('GET /applications/{applicationId}', application);
  const paths = ['/applications/{applicationId}/keys', '{keyType}'] as const;
  const mapped = ['/applications/{applicationId}/oauth-keys', '{keyMappingId}'] as const;
  const secret = { consumerSecret: credentials.consumerSecret };
  for (const [collection, name] of version === '3.2.0' ? [paths, mapped] : [paths]) {
    const which = { ...application, keyMappingId };
    const one = `${collection}/${name}`;
    await ask(`GET ${collection}`, which);
    const found = z.looseObject({ consumerKey: z.string() }).parse(await ask(`GET ${one}`, which));
    await ask(`PUT ${one}`, which, { json: { ...keys, ...found } });
    await ask(`POST ${one}/generate-token`, which, { json: { validityPeriod: 3600, scopes: [], ...secret } });
    Object.assign(secret, await ask(`POST ${one}/regenerate-secret`, which, { ...post }));
  }
  const subscribe = { apiId, applicationId, throttlingPolicy: 'Bronze' };
  const subscribed = z
    .looseObject({ subscriptionId: z.string() })
    .parse(await ask('POST /subscriptions', {}, { json: subscribe }));
  const subscription = { subscriptionId: subscribed.subscriptionId };
  await ask('GET /subscriptions', {}, { query: `?applicationId=${applicationId}` });
  await ask('GET /subscriptions/{subscriptionId}', subscription);
  if (version === '3.2.0') {
    const changed = { ...subscribe, ...subscription, status: 'UNBLOCKED', requestedThrottlingPolicy: 'Unlimited' };
    await ask('PUT /subscriptions/{subscriptionId}', subscription, { json: changed });
    await ask('GET /key-managers');
    await ask('GET /api-categories');
  }
  await tour.ask('publisher', 'GET /subscriptions', {}, { query: `?apiId=${apiId}` });
  const blocking = `?subscriptionId=${subscribed.subscriptionId}`;
  await tour.ask(
    'publisher',
    'POST /subscriptions/block-subscription',
    {},
    {
      ...post,
      query: `${blocking}&blockState=BLOCKED`,
    },
  );
  await tour.ask('publisher', 'POST /subscriptions/unblock-subscription', {}, { ...post, query: blocking });
  await ask('DELETE /subscriptions/{subscriptionId}', subscription);
  await ask('POST /subscriptions/multiple', {}, { json: [subscribe] });

  const apiKey = await ask('POST /applications/{applicationId}/api-keys/{keyType}/generate', application, { json: {} });
  if (version !== '3.0.0') {
    await ask('POST /applications/{applicationId}/api-keys/{keyType}/revoke', application, { json: apiKey });
  }
  await ask('POST /applications/{applicationId}/keys/{keyType}/clean-up', application, post);
  if (version === '3.2.0') {
    const again = await ask('POST /applications/{applicationId}/generate-keys', application, { json: keys });
    const mapping = z.looseObject({ keyMappingId: z.string() }).parse(again);
    await ask(
      'POST /applications/{applicationId}/oauth-keys/{keyMappingId}/clean-up',
      { ...application, keyMappingId: mapping.keyMappingId },
      post,
    );
  }
  await ask('POST /applications/{applicationId}/map-keys', application, {
    json: { keyType: 'SANDBOX', ...credentials, ...secret },
  });
  await ask('DELETE /applications/{applicationId}', application);
};

describe.each(VERSIONS)('the answers of every simulated operation of %s', (version) => {
  const portals = usePortals();
  let tour: Tour;

  beforeAll(async () => {
    tour = new Tour(await portals.start(version));
  });

  it('are as the tables of the published definitions have them, field by field', async () => {
    const apiId = await tourOfPublisher(tour, version);
    await tourOfPortal(tour, version, apiId);

    for (const api of ['publisher', 'store'] as const) {
      const simulated = await simulatedOperations(tour.node, api);
      expect([...tour.seen[api]].sort()).toEqual([...simulated].sort());
    }
    // More than a hundred and fifty calls, one after the other.
  }, 300_000);
});
