import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { deleteApi, type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  deleteApplication,
  subscribe,
} from '../../lab/probes/journey/subscribe.ts';
import { revoke } from '../../lab/probes/oauth2-client.ts';
import { until } from '../../lab/probes/until.ts';
import { VERSIONS } from '../../lab/product/versions.ts';
import { LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 50 };

/** Whatever the clock says, a minute and a half sees eleven calls within one minute. */
const QUOTA_PATIENCE = { limit: 90_000, interval: 10 };

describe.each(VERSIONS)('the journey of an API on %s', (version) => {
  const lab = new LabUnderTest(`t-journey-${version.replaceAll('.', '-')}`);
  let session: ProductSession;
  let gateways: readonly string[];
  let api: PublishedApi;
  let application: Application;
  let token: string;

  beforeAll(async () => {
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'];
    const nodes = [...roles.map((role) => `  - role: ${role}\n`), '  - { role: gateway, replicas: 2 }\n'].join('');
    lab.write(`lab: ${lab.name}\nversion: ${version}\nnodes:\n${nodes}`);
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    const http = httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000);
    session = await openSession({ status, http });
    gateways = gatewayRoutes(status).flatMap(({ origin, direct }) => (direct ? [origin] : []));
  });
  afterAll(() => lab.dispose());

  const call = (gateway: string) =>
    session.http({ url: `${gateway}${api.path}/Version`, headers: { Authorization: `Bearer ${token}` } });

  const untilEveryGatewayAnswers = async (status: number, patience = PATIENCE): Promise<void> => {
    for (const gateway of gateways) {
      const found = await until(
        `status ${status}`,
        patience,
        () => call(gateway),
        (seen) => seen.status === status,
      );
      expect(found.status).toBe(status);
    }
  };

  it('is created and published', async () => {
    api = await publishApi(session, {
      name: 'VersionAPI',
      context: '/version',
      version: '1.0.0',
      // The Key Manager's plain port is the back end: it answers something to whoever reaches it.
      backend: 'http://km-1:9763/services',
      policies: ['Unlimited'],
      operations: [{ target: '/Version', verb: 'GET' }],
    });
  });

  it('is found in the portal, where an application gets keys and subscribes', async () => {
    const found = await session.portal.send('GET', '/apis?query=name:VersionAPI');
    expect(JSON.parse(found.body)).toMatchObject({ count: 1, list: [{ id: api.id }] });
    application = await createApplication(session, { name: 'app', policy: '10PerMin', tokenType: 'OAUTH' });
    await subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  });

  it('is called through every gateway with a token of the application', async () => {
    token = (await applicationToken(session, application)).access_token;
    await untilEveryGatewayAnswers(200);
    for (const gateway of gateways) expect((await call(gateway)).body).toContain(`WSO2 API Manager-${version}`);
  });

  it('is refused by every gateway once the application is over its quota of ten a minute', async () => {
    await untilEveryGatewayAnswers(429, QUOTA_PATIENCE);
    for (const gateway of gateways) expect((await call(gateway)).body).toContain('<amt:code>900803</amt:code>');
  });

  it('is refused by every gateway once the token is revoked, though they knew it as good', async () => {
    await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, application.client, token);
    await untilEveryGatewayAnswers(401);
  });

  it('is gone from every gateway once it is deleted', async () => {
    await deleteApplication(session, application.id);
    await deleteApi(session, api.id);
    await untilEveryGatewayAnswers(404);
  });
});
