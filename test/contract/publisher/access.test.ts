import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newSalt, passwordHash } from '../../../compose/wso2am/server/carbon/users/password-hash.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePublishers } from './fixture.ts';
import type { PublisherNode } from './publisher-node.ts';
import { create, newApi } from './sample-apis.ts';
import { apiInfo, errorBody, listOf, throttlingPolicy } from './schemas.ts';

const publishers = usePublishers();
let node: PublisherNode;

beforeAll(async () => {
  node = await publishers.start();
});

const UNAUTHENTICATED = {
  code: 401,
  message: '',
  description: 'Unauthenticated request',
  moreInfo: '',
  error: [],
};

describe.each(VERSIONS)('the REST API of %s', (version) => {
  it('asks for a token and says so', async () => {
    const publisher = await publishers.start(version);

    const reply = await publisher.send(`${publisher.basePath}/apis`);

    expect(reply.status).toBe(401);
    expect(reply.body).toEqual(UNAUTHENTICATED);
  });

  it('serves a token with the scope, and tells one without it no more than a stranger', async () => {
    const publisher = await publishers.start(version);
    const viewer = await publisher.bearer('apim:api_view');

    expect((await publisher.call('/apis', { headers: viewer })).status).toBe(200);
    const refused = await publisher.call('/apis', { json: newApi(), headers: viewer });

    expect(refused.status).toBe(401);
    expect(refused.body).toEqual(UNAUTHENTICATED);
    expect(publisher.complaints).toContain('You cannot access API as scope validation failed');
  });
});

describe('the REST API', () => {
  it.each([
    ['an unknown token', 'Bearer 00000000-0000-0000-0000-000000000000'],
    ['a token that is no JWT', 'Bearer a.b.c'],
    ['a wrong password', `Basic ${Buffer.from('admin:wrong').toString('base64')}`],
    ['SQL for a token', `Bearer '||1=1--`],
  ])('refuses %s', async (_what, authorization) => {
    expect((await node.call('/apis', { headers: { Authorization: authorization } })).status).toBe(401);
  });

  it('joins the halves of a token that a browser sends apart', async () => {
    const { Authorization = '' } = await node.bearer('apim:api_view');
    const first = Authorization.slice(0, -10);

    const whole = await node.call('/apis', {
      headers: { Authorization: first, Cookie: `other=1; AM_ACC_TOKEN_DEFAULT_P2=${Authorization.slice(-10)}` },
    });
    const half = await node.call('/apis', { headers: { Authorization: first } });

    expect([whole.status, half.status]).toEqual([200, 401]);
  });

  it('no longer serves a token that was revoked in the database', async () => {
    const headers = await node.bearer('apim:api_view apim:api_create');
    expect((await node.call('/apis', { headers })).status).toBe(200);

    await node.apim.execute(`UPDATE IDN_OAUTH2_ACCESS_TOKEN SET TOKEN_STATE = 'REVOKED' WHERE ACCESS_TOKEN = ?`, [
      headers.Authorization?.replace('Bearer ', '') ?? '',
    ]);

    expect((await node.call('/apis', { headers })).status).toBe(401);
  });

  it('has one tenant', async () => {
    const asked = (tenant: string) => node.call('/apis', { headers: { 'X-WSO2-Tenant': tenant } });

    expect((await asked('carbon.super')).status).toBe(200);
    const reply = await asked('other.com');
    expect(reply.status).toBe(400);
    expect(errorBody.parse(reply.body).description).toBe(`Provided tenant domain 'other.com' is invalid`);
  });

  it('takes a body of 11 MB for too large', async () => {
    const status = await node.call('/apis', { json: newApi({ description: 'x'.repeat(11 * 1024 * 1024) }) }).then(
      (reply) => reply.status,
      // Not JSON: the servlet transport's own page.
      () => 413,
    );
    expect(status).toBe(413);
  });
});

describe('settings', () => {
  it.each(VERSIONS)('of %s name the gateways and the scopes', async (version) => {
    const publisher = await publishers.start(version, [
      { name: 'Default', serviceUrl: 'https://gw.lab:9443/services/' },
    ]);
    const added = {
      '3.0.0': {},
      '3.1.0': { securityAuditProperties: z.object({}), externalStoresEnabled: z.boolean() },
      '3.2.0': {
        securityAuditProperties: z.object({}),
        externalStoresEnabled: z.boolean(),
        docVisibilityEnabled: z.boolean(),
        crossTenantSubscriptionEnabled: z.boolean(),
      },
    };
    const environment = z.strictObject({
      name: z.literal('Default'),
      type: z.literal('hybrid'),
      serverUrl: z.url(),
      showInApiConsole: z.boolean(),
      endpoints: z.strictObject({
        http: z.literal('http://gw.lab:8280'),
        https: z.literal('https://gw.lab:8243'),
        ws: z.string().nullable(),
        wss: z.string().nullable(),
      }),
    });

    const { body } = await publisher.call('/settings');

    const settings = z
      .strictObject({
        devportalUrl: z.string(),
        environment: z.array(environment).length(1),
        scopes: z.array(z.string()),
        monetizationAttributes: z.array(z.unknown()),
        ...added[version],
      })
      .parse(body);
    expect(settings.scopes).toContain('apim:api_create');
  });
});

describe('throttling-policies', () => {
  it('lists by level what a fresh installation has', async () => {
    const names = async (level: string): Promise<readonly string[]> =>
      listOf(throttlingPolicy)
        .parse((await node.call(`/throttling-policies/${level}`)).body)
        .list.map(({ name }) => name)
        .sort();

    expect(await names('subcription')).toEqual(['Bronze', 'Gold', 'Silver', 'Unlimited']);
    expect(await names('api')).toEqual(['10KPerMin', '20KPerMin', '50KPerMin', 'Unlimited']);
    const bronze = await node.call('/throttling-policies/subcription/Bronze');
    expect(throttlingPolicy.parse(bronze.body)).toMatchObject({ requestCount: 1000, unitTime: 60_000 });
    expect((await node.call('/throttling-policies/api/Turbo')).status).toBe(404);
    expect((await node.call('/throttling-policies/planet')).status).toBe(400);
  });

  it('are seeded once, however many nodes start', async () => {
    await Promise.all([publishers.start(), publishers.start()]);

    expect(await node.apim.query('SELECT NAME FROM AM_POLICY_SUBSCRIPTION')).toHaveLength(5);
  });
});

/** A publisher with the password `secret`. @returns the Basic header */
const addPublisher = async (name: string): Promise<Readonly<Record<string, string>>> => {
  const salt = newSalt();
  await node.shared.execute(
    'INSERT INTO UM_USER (UM_USER_NAME, UM_USER_PASSWORD, UM_SALT_VALUE, UM_TENANT_ID) VALUES (?, ?, ?, -1234)',
    [name, passwordHash('secret', salt), salt],
  );
  await node.shared.execute(
    `INSERT INTO UM_HYBRID_USER_ROLE (UM_USER_NAME, UM_ROLE_ID, UM_TENANT_ID, UM_DOMAIN_ID)
     SELECT ?, r.UM_ID, r.UM_TENANT_ID, d.UM_DOMAIN_ID FROM UM_HYBRID_ROLE r, UM_DOMAIN d
     WHERE r.UM_ROLE_NAME = 'publisher' AND d.UM_DOMAIN_NAME = 'PRIMARY'`,
    [name],
  );
  return { Authorization: `Basic ${Buffer.from(`${name}:secret`).toString('base64')}` };
};

describe('a user who is no admin', () => {
  it('may with Basic what the roles give', async () => {
    const headers = await addPublisher('paula');

    expect((await node.call('/apis', { headers })).status).toBe(200);
    expect((await node.call('/apis', { headers, json: newApi() })).status).toBe(401);
  });

  it('does not see an API whose access control names other roles', async () => {
    const headers = await addPublisher('peter');
    const hidden = await create(node, { accessControl: 'RESTRICTED', accessControlRoles: ['kitchen'] });
    const shown = await create(node, { accessControl: 'RESTRICTED', accessControlRoles: ['Internal/publisher'] });

    expect((await node.call(`/apis/${hidden.id}`, { headers })).status).toBe(404);
    expect((await node.call(`/apis/${shown.id}`, { headers })).status).toBe(200);
    const { list } = listOf(apiInfo).parse((await node.call('/apis?limit=1000', { headers })).body);
    const ids = list.map(({ id }) => id);
    expect(ids).toContain(shown.id);
    expect(ids).not.toContain(hidden.id);
  });
});
