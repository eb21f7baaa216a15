import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpClient, httpClient } from '../../lab/probes/http-client.ts';
import { askToken, type Client, register, revoke, tokenOf } from '../../lab/probes/oauth2-client.ts';
import type { Version } from '../../lab/product/versions.ts';
import { LabUnderTest } from './lab-under-test.ts';

type Node = { name: string; role: string; urls: Record<string, string> };

/** Base paths of the REST APIs (wire.md 7.1). */
const PATHS: Readonly<Partial<Record<Version, { publisher: string; store: string }>>> = {
  '3.0.0': { publisher: '/api/am/publisher/v1.0', store: '/api/am/store/v1.0' },
  '3.1.0': { publisher: '/api/am/publisher/v1', store: '/api/am/store/v1' },
};

/** Twice the interval of hot deployment. */
const POLL = { timeout: 30_000, interval: 250 };

describe.each(['3.0.0', '3.1.0'] as const)('the journey of an API on %s', (version) => {
  const lab = new LabUnderTest(`t-journey-${version.replaceAll('.', '-')}`);
  let http: HttpClient;
  let urls: Record<'keyManager' | 'publisher' | 'store', string>;
  let gateways: readonly string[];
  let bearer: string;
  let apiId: string;
  let applicationId: string;
  let keys: Client;
  let token: string;

  beforeAll(async () => {
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'];
    const nodes = [...roles.map((role) => `  - role: ${role}\n`), '  - { role: gateway, replicas: 2 }\n'].join('');
    lab.write(`lab: ${lab.name}\nversion: ${version}\nnodes:\n${nodes}`);
    const up = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    const of = (role: string, listener: string): readonly string[] =>
      up.nodes.filter((node: Node) => node.role === role).map((node: Node) => node.urls[listener] ?? '');
    const [keyManager = ''] = of('key-manager', 'https');
    urls = {
      keyManager,
      publisher: `${of('publisher', 'https')[0]}${PATHS[version]?.publisher}`,
      store: `${of('developer-portal', 'https')[0]}${PATHS[version]?.store}`,
    };
    gateways = of('gateway', 'passthroughHttps');
    http = httpClient(readFileSync(up.trust.caFile, 'utf8'), 30_000);
    const client = await register(http, keyManager, version, up.credentials, 'journey');
    const scope = 'apim:api_view apim:api_create apim:api_publish apim:subscribe';
    const fields = { grant_type: 'password', ...up.credentials, scope };
    bearer = tokenOf(await askToken(http, `${keyManager}/oauth2/token`, client, fields)).access_token;
  });
  afterAll(() => lab.dispose());

  const post = async (url: string, body?: object) => {
    const answer = await http({
      url,
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { ...answer, json: JSON.parse(answer.body || 'null') };
  };

  const call = (gateway: string, accessToken = token) =>
    http({ url: `${gateway}/version/1.0.0/Version`, headers: { Authorization: `Bearer ${accessToken}` } });

  it('is created and published', async () => {
    // The Key Manager's plain port is the back end: it answers something to whoever reaches it.
    const created = await post(`${urls.publisher}/apis?openAPIVersion=V3`, {
      name: 'VersionAPI',
      context: '/version',
      version: '1.0.0',
      policies: ['Unlimited'],
      gatewayEnvironments: ['Production and Sandbox'],
      endpointConfig: { endpoint_type: 'http', production_endpoints: { url: 'http://km-1:9763/services' } },
      operations: [
        { target: '/Version', verb: 'GET', authType: 'Application & Application User', throttlingPolicy: 'Unlimited' },
      ],
    });
    expect(created.status, created.body).toBe(201);
    apiId = created.json.id;
    const published = await post(`${urls.publisher}/apis/change-lifecycle?action=Publish&apiId=${apiId}`);
    expect(published.status, published.body).toBe(200);
  });

  it('is found in the portal, where an application gets keys and subscribes', async () => {
    const found = await http({ url: `${urls.store}/apis?query=name:VersionAPI` });
    expect(JSON.parse(found.body)).toMatchObject({ count: 1, list: [{ id: apiId }] });
    const application = { name: 'app', throttlingPolicy: '10PerMin', tokenType: 'OAUTH' };
    const made = await post(`${urls.store}/applications`, application);
    expect(made.status, made.body).toBe(201);
    applicationId = made.json.applicationId;
    const generated = await post(`${urls.store}/applications/${applicationId}/generate-keys`, {
      keyType: 'PRODUCTION',
      grantTypesToBeSupported: ['client_credentials', 'password', 'refresh_token'],
      validityTime: 3600,
    });
    expect(generated.status, generated.body).toBe(200);
    keys = { id: generated.json.consumerKey, secret: generated.json.consumerSecret };
    const subscribed = await post(`${urls.store}/subscriptions`, {
      apiId,
      applicationId,
      throttlingPolicy: 'Unlimited',
    });
    expect(subscribed).toMatchObject({ status: 201, json: { status: 'UNBLOCKED' } });
  });

  it('is called through every gateway with a token of the application', async () => {
    const answer = await askToken(http, `${urls.keyManager}/oauth2/token`, keys, { grant_type: 'client_credentials' });
    token = tokenOf(answer).access_token;
    for (const gateway of gateways) {
      await expect.poll(async () => (await call(gateway)).status, POLL).toBe(200);
      expect((await call(gateway)).body).toContain(`WSO2 API Manager-${version}`);
    }
  });

  it('is refused by every gateway once the application is over its quota of ten a minute', async () => {
    // Whatever the clock says, one of its minutes sees eleven of these calls; the decision then reaches both gateways.
    const refused = async (gateway: string) => {
      const answer = await call(gateway);
      return answer.status === 429 && answer.body.includes('<amt:code>900803</amt:code>');
    };
    for (const gateway of gateways)
      await expect.poll(() => refused(gateway), { timeout: 90_000, interval: 50 }).toBe(true);
  });

  it('is refused by every gateway once the token is revoked, though they knew it as good', async () => {
    await revoke(http, `${urls.keyManager}/oauth2/revoke`, keys, token);
    for (const gateway of gateways) await expect.poll(async () => (await call(gateway)).status, POLL).toBe(401);
  });
});
