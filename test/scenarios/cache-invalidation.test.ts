import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { basic, httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  subscribe,
} from '../../lab/probes/journey/subscribe.ts';
import { askToken, tokenOf } from '../../lab/probes/oauth2-client.ts';
import { until } from '../../lab/probes/until.ts';
import { LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 50 };

const SERVICE = 'RemoteUserStoreManagerService';

/** The Key Manager calls the gateways before it answers in 3.0.0; in 3.1.0 it tells them through the Traffic Manager. */
const VERSIONS = [
  { version: '3.0.0', cleared: 'one of the two gateways, whichever the load balancer picked', stale: 1 },
  { version: '3.1.0', cleared: 'both gateways', stale: 0 },
] as const;

/** The documentation gives the Portal of 3.1.0 no Traffic Manager: without one its events reach nobody. */
const topologyOf = (name: string, version: string): string => `lab: ${name}
version: ${version}
nodes:
  - role: key-manager
  - role: traffic-manager
  - role: publisher
  - role: developer-portal
    toml: |
      [[apim.throttling.url_group]]
      traffic_manager_urls = ["tcp://tm-1:9611"]
      traffic_manager_auth_urls = ["ssl://tm-1:9711"]
  - { role: gateway, replicas: 2 }
`;

describe.each(VERSIONS)('two gateways of $version behind one environment URL', ({ version, cleared, stale }) => {
  const lab = new LabUnderTest(`t-caches-${version.replaceAll('.', '-')}`);
  let session: ProductSession;
  let gateways: readonly string[];
  let api: PublishedApi;
  let application: Application;

  beforeAll(async () => {
    lab.write(topologyOf(lab.name, version));
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    session = await openSession({ status, http: httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000) });
    gateways = gatewayRoutes(status).flatMap(({ origin, direct }) => (direct ? [origin] : []));
    api = await publishApi(session, {
      name: 'VersionAPI',
      context: '/version',
      version: '1.0.0',
      // The Key Manager's plain port is the back end: it answers something to whoever reaches it.
      backend: 'http://km-1:9763/services',
      policies: ['Unlimited'],
      operations: [{ target: '/Version', verb: 'GET' }],
    });
    application = await createApplication(session, { name: 'app', policy: 'Unlimited', tokenType: 'OAUTH' });
    await subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  });
  afterAll(() => lab.dispose());

  const manageUsers = async (operation: string, content: string): Promise<void> => {
    const namespace = 'http://service.ws.um.carbon.wso2.org';
    const { status } = await session.http({
      url: `${session.keyManager.origin}/services/${SERVICE}`,
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', Authorization: basic('admin', 'admin') },
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><${operation} xmlns="${namespace}">${content}</${operation}></s:Body></s:Envelope>`,
    });
    expect(status).toBe(202);
  };

  const call = async (gateway: string, token: string): Promise<number> => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await session.http({ url: `${gateway}${api.path}/Version`, headers })).status;
  };

  const callAll = (token: string): Promise<readonly number[]> =>
    Promise.all(gateways.map((gateway) => call(gateway, token)));

  /** Calls until as many gateways as that accept the token. */
  const untilAccepted = async (token: string, accepting: number): Promise<void> => {
    const found = await until(
      `${accepting} gateways accept the token`,
      PATIENCE,
      () => callAll(token),
      (statuses) => statuses.filter((status) => status === 200).length === accepting,
    );
    expect(found.filter((status) => status === 401)).toHaveLength(gateways.length - accepting);
  };

  it(`deletes a user, whose token ${cleared} refuse from then on`, async () => {
    await manageUsers('addUser', '<userName>mallory</userName><credential>secret1</credential>');
    const fields = { grant_type: 'password', username: 'mallory', password: 'secret1' };
    const answer = await askToken(
      session.http,
      `${session.keyManager.origin}/oauth2/token`,
      application.client,
      fields,
    );
    const { access_token: token } = tokenOf(answer);
    await untilAccepted(token, 2);
    await manageUsers('deleteUser', '<userName>mallory</userName>');

    await untilAccepted(token, stale);
  });

  it(`removes a subscription, and ${cleared} refuse the application's token`, async () => {
    const { access_token: token } = await applicationToken(session, application);
    await untilAccepted(token, 2);
    const { body } = await session.portal.send('GET', `/subscriptions?applicationId=${application.id}`);
    const subscriptionId = /"subscriptionId":"([^"]+)"/.exec(body)?.[1] ?? '';
    expect((await session.portal.send('DELETE', `/subscriptions/${subscriptionId}`)).status).toBe(200);

    await untilAccepted(token, stale);
  });
});
