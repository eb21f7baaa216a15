import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import type { Request } from '../publisher/publisher-node.ts';
import { newApi } from '../publisher/sample-apis.ts';
import { errorBody } from '../publisher/schemas.ts';

/** `ApplicationList` and `ApplicationInfo` of the Admin API's definition: links stand beside the list. */
const applications = z.strictObject({
  count: z.int(),
  next: z.string(),
  previous: z.string(),
  list: z.array(
    z.strictObject({
      applicationId: z.uuid(),
      name: z.string(),
      owner: z.string(),
      status: z.literal('APPROVED'),
      groupId: z.literal(''),
    }),
  ),
});

/** `Label` and `LabelList`; the Publisher shows it without its id. */
const shownLabel = z.strictObject({ name: z.string(), description: z.string(), accessUrls: z.array(z.url()) });
const label = shownLabel.extend({ id: z.uuid() });
const countedList = <T extends z.ZodType>(entry: T) => z.strictObject({ count: z.int(), list: z.array(entry) });

/** `APICategory`; the number came with 3.2.0. */
const category = z.strictObject({ id: z.uuid(), name: z.string(), description: z.string().nullable() });

const NOBODY = '00000000-0000-4000-8000-000000000000';

const portals = usePortals();

const apis = VERSIONS.flatMap((version) => REST_BASE_PATHS.admin[version].map((base) => ({ version, base })));

describe.each(apis)('the Admin API of $version under $base', ({ version, base }) => {
  let node: PortalNode;
  let sue: Readonly<Record<string, string>>;

  beforeAll(async () => {
    node = await portals.start(version);
    sue = await node.addUser(`sue${base.replaceAll(/\W/g, '')}`);
  });

  const userOf = (headers: Readonly<Record<string, string>>) =>
    Buffer.from((headers.Authorization ?? '').slice('Basic '.length), 'base64')
      .toString()
      .split(':')[0] ?? '';
  const admin = (path: string, request: Request = {}) =>
    node.send(base + path, { ...request, headers: { ...basic('admin', 'admin'), ...request.headers } });
  const named = (what: string) => `${what} ${base}`.replaceAll(/\W+/g, '-');

  it('lists the applications of all users, or of one, page by page', async () => {
    const user = userOf(sue);
    const name = named('app of sue');
    await node.call('/applications', { json: { name, throttlingPolicy: 'Unlimited' }, headers: sue });

    const all = applications.parse((await admin('/applications?limit=1000')).body);
    const of = applications.parse((await admin(`/applications?user=${user}`)).body);
    const page = applications.parse((await admin(`/applications?user=${user}&limit=1&offset=1`)).body);

    expect(all.list).toContainEqual(expect.objectContaining({ name, owner: user }));
    expect(of.list.map(({ owner }) => owner)).toEqual(of.list.map(() => user));
    expect(page.previous).toBe(`/applications?limit=1&offset=0&user=${user}`);
    expect(applications.parse((await admin('/applications?user=%F0%9F%98%80')).body).list).toEqual([]);
    expect((await admin('/applications?tenantDomain=other.com')).status).toBe(400);
    expect((await admin('/applications', { headers: sue })).status).toBe(401);
  });

  it('gives an application to another user, with its keys, and gateways are told', async () => {
    const { applicationId: id, path } = await newApplication(node);
    const json = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] };
    const keys = z
      .looseObject({ consumerKey: z.string() })
      .parse((await node.call(`${path}/generate-keys`, { json })).body);
    const owner = userOf(sue);

    const reply = await admin(`/applications/${id}/change-owner?owner=${owner}`, { method: 'POST' });

    expect(reply).toMatchObject({ status: 200, body: undefined });
    expect((await node.call(path)).status).toBe(403);
    expect((await node.call(path, { headers: sue })).body).toMatchObject({
      owner,
      keys: [{ consumerKey: keys.consumerKey }],
    });
    expect(
      await node.apim.query('SELECT USERNAME FROM IDN_OAUTH_CONSUMER_APPS WHERE CONSUMER_KEY = ?', [keys.consumerKey]),
    ).toEqual([{ USERNAME: owner }]);
    expect(node.applicationChanges.at(-1)).toMatchObject({ change: 'updated', id, subscriber: owner });
  });

  it('gives no application to nobody, none that is nowhere, and none to who has one of its name', async () => {
    const { applicationId: id, name } = await newApplication(node);
    const give = (application: string, owner: string) =>
      admin(`/applications/${application}/change-owner?owner=${owner}`, { method: 'POST' });
    await node.call('/applications', { json: { name, throttlingPolicy: 'Unlimited' }, headers: sue });

    expect((await give(NOBODY, userOf(sue))).status).toBe(404);
    expect((await give('x%27--', userOf(sue))).status).toBe(404);
    expect((await give(id, 'nobody')).status).toBe(400);
    expect((await give(id, '')).status).toBe(400);
    expect(errorBody.parse((await give(id, userOf(sue))).body).code).toBe(409);
  });

  it('keeps labels, which APIs may then have', async () => {
    const json = { name: named('edge'), description: 'at the edge', accessUrls: ['https://edge.lab:9095'] };
    const made = await admin('/labels', { json });
    expect(made.status).toBe(201);
    const { id } = label.parse(made.body);
    expect((await admin('/labels', { json })).status).toBe(409);
    expect((await admin('/labels', { json: { name: '', accessUrls: ['nowhere'] } })).status).toBe(400);

    const publisher = REST_BASE_PATHS.publisher[version][0] ?? '';
    const headers = basic('admin', 'admin');
    const shown = countedList(shownLabel).parse((await node.send(`${publisher}/labels`, { headers })).body);
    expect(shown.list).toContainEqual(json);
    const api = await node.send(`${publisher}/apis`, { json: newApi({ labels: [json.name] }), headers });
    expect(api).toMatchObject({ status: 201, body: { labels: [json.name] } });
    const found = await node.send(`${publisher}/apis?query=label:${json.name}`, { headers });
    expect(found.body).toMatchObject({ count: 1 });
    const other = await node.send(`${publisher}/apis`, { json: newApi({ labels: ['nowhere'] }), headers });
    expect(other.status).toBe(400);

    expect((await admin(`/labels/${id}`, { method: 'DELETE' })).status).toBe(409);
    await node.send(`${publisher}/apis/${z.looseObject({ id: z.string() }).parse(api.body).id}`, {
      method: 'DELETE',
      headers,
    });
    const changed = await admin(`/labels/${id}`, { method: 'PUT', json: { name: 'x', accessUrls: [] } });
    expect(label.parse(changed.body)).toEqual({ id, name: json.name, description: '', accessUrls: [] });
    expect(countedList(label).parse((await admin('/labels')).body).list).toContainEqual(changed.body);
    expect((await admin(`/labels/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await admin(`/labels/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it.runIf(version !== '3.0.0')('keeps categories, which APIs may then be of', async () => {
    const name = named('food');
    const made = await admin('/api-categories', { json: { name, description: 'to eat' } });
    expect(made.status).toBe(201);
    const { id } = category.parse(made.body);
    expect((await admin('/api-categories', { json: { name } })).status).toBe(409);
    expect((await admin('/api-categories', { json: { name: 'a<b' } })).status).toBe(400);

    const { id: apiId } = await node.api({ categories: [name] });
    const listed = version === '3.2.0' ? category.extend({ numberOfAPIs: z.int() }) : category;
    const list = countedList(listed).parse((await admin('/api-categories')).body).list;
    expect(list).toContainEqual({
      id,
      name,
      description: 'to eat',
      ...(version === '3.2.0' && { numberOfAPIs: 1 }),
    });
    expect((await node.visit(`/apis?query=api-category:${name}`)).body).toMatchObject({ count: 1 });
    await expect(node.api({ categories: ['nowhere'] })).rejects.toThrow('Invalid API Category');

    expect((await admin(`/api-categories/${id}`, { method: 'DELETE' })).status).toBe(409);
    const publisher = REST_BASE_PATHS.publisher[version][0] ?? '';
    await node.send(`${publisher}/apis/${apiId}`, { method: 'DELETE', headers: basic('admin', 'admin') });
    const changed = await admin(`/api-categories/${id}`, { method: 'PUT', json: { name, description: 'to drink' } });
    expect(category.parse(changed.body)).toEqual({ id, name, description: 'to drink' });
    expect((await admin(`/api-categories/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await admin(`/api-categories/${id}`, { method: 'PUT', json: { name } })).status).toBe(404);
  });

  it('tells the tenant of a user', async () => {
    expect((await admin('/tenant-info/admin')).body).toEqual({
      username: 'admin',
      tenantDomain: 'carbon.super',
      tenantId: -1234,
    });
    expect((await admin('/tenant-info/nobody')).status).toBe(404);
  });

  it('decides on no workflow, for none waits', async () => {
    const path = '/workflows/update-workflow-status?workflowReferenceId=';
    expect((await admin(path + NOBODY, { json: { status: 'APPROVED' } })).status).toBe(404);
    expect((await admin(path + NOBODY, { json: { status: 'PERHAPS' } })).status).toBe(400);
    expect((await admin(path, { json: { status: 'APPROVED' } })).status).toBe(400);
  });

  it('says where what was made is found', async () => {
    const json = { conditionType: 'USER', conditionValue: named('mallory') };
    const reply = await admin('/throttling/blacklist', { json });
    const { conditionId } = z.looseObject({ conditionId: z.string() }).parse(reply.body);
    expect(reply.headers.get('location')).toMatch(
      new RegExp(`^https://.*${base}/throttling/blacklist/${conditionId}$`),
    );
  });
});

describe('what only the Admin API of 3.2.0 has', () => {
  const base = REST_BASE_PATHS.admin['3.2.0'][0];
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start('3.2.0');
  });

  const admin = (path: string) => node.send(base + path, { headers: basic('admin', 'admin') });

  it('are settings', async () => {
    const settings = z.strictObject({
      scopes: z.array(z.string()).min(1),
      keyManagerConfiguration: z.array(z.strictObject({ type: z.string(), configurations: z.array(z.unknown()) })),
      analyticsEnabled: z.literal(false),
    });
    expect(settings.parse((await admin('/settings')).body).scopes).toContain('apim:bl_manage');
  });

  it('are workflows, of which only nodes of the product leave some waiting', async () => {
    const workflow = z.strictObject({
      workflowType: z.string(),
      workflowStatus: z.literal('CREATED'),
      createdTime: z.iso.datetime(),
      updatedTime: z.iso.datetime().nullable(),
      referenceId: z.string(),
      properties: z.looseObject({}),
      description: z.string().nullable(),
    });
    const page = z.strictObject({ ...countedList(workflow).shape, next: z.string(), previous: z.string() });
    expect(page.parse((await admin('/workflows')).body)).toEqual({ count: 0, next: '', previous: '', list: [] });
    await node.apim.execute(
      `INSERT INTO AM_WORKFLOWS (WF_REFERENCE, WF_TYPE, WF_STATUS, TENANT_ID, WF_EXTERNAL_REFERENCE)
       VALUES ('7', 'AM_APPLICATION_CREATION', 'CREATED', -1234, 'its-reference')`,
    );

    const found = { workflowType: 'APPLICATION_CREATION', referenceId: 'its-reference' };
    expect(page.parse((await admin('/workflows')).body).list).toMatchObject([found]);
    expect(page.parse((await admin('/workflows?workflowType=AM_USER_SIGNUP')).body).list).toEqual([]);
    expect(workflow.parse((await admin('/workflows/its-reference')).body)).toMatchObject(found);
    expect((await admin('/workflows/nowhere')).status).toBe(404);
    expect((await admin('/workflows?workflowType=NAP')).status).toBe(400);
    const decided = await node.send(`${base}/workflows/update-workflow-status?workflowReferenceId=its-reference`, {
      json: { status: 'APPROVED' },
      headers: basic('admin', 'admin'),
    });
    expect(decided.status).toBe(501);
  });

  it('are blocked subscriptions', async () => {
    const block = (conditionValue: string) =>
      node.send(`${base}/throttling/blacklist`, {
        json: { conditionType: 'SUBSCRIPTION', conditionValue },
        headers: basic('admin', 'admin'),
      });
    expect((await block('/pizza/1.0.0:1.0.0:admin-app1:PRODUCTION')).status).toBe(201);
    expect((await block('/pizza/1.0.0')).status).toBe(400);
  });
});
