import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { publishApi } from '../../lab/probes/journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  subscribe,
} from '../../lab/probes/journey/subscribe.ts';
import { revoke } from '../../lab/probes/oauth2-client.ts';
import { until } from '../../lab/probes/until.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 50 };

const NO_DELAY = 'toml: |\n  [apim.throttling.blacklist_condition]\n  start_delay = 0\n';

describe.each(['3.0.0', '3.2.0'] as const)('a gateway of %s that was away', (version) => {
  const lab = new LabUnderTest(`t-restarted-${version.replaceAll('.', '-')}`, { version, extra: NO_DELAY });
  let session: ProductSession;
  let gateway: string;

  beforeAll(async () => {
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    session = await openSession({ status, http: httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000) });
    gateway = gatewayRoutes(status).find(({ direct }) => direct)?.origin ?? '';
  });
  afterAll(() => lab.dispose());

  const untilItAnswers = async (path: string, token: string, wanted: number): Promise<void> => {
    const call = async (): Promise<number | undefined> => {
      try {
        return (await session.http({ url: gateway + path, headers: { Authorization: `Bearer ${token}` } })).status;
      } catch {
        // Its port is not open yet.
        return undefined;
      }
    };
    expect(await until(`status ${wanted}`, PATIENCE, call, (seen) => seen === wanted)).toBe(wanted);
  };

  const applicationWith = async (name: string, apiId: string): Promise<{ application: Application; token: string }> => {
    const application = await createApplication(session, { name, policy: 'Unlimited', tokenType: 'JWT' });
    await subscribe(session, { apiId, applicationId: application.id, throttlingPolicy: 'Unlimited' });
    return { application, token: (await applicationToken(session, application)).access_token };
  };

  it('refuses tokens that were revoked, and applications that were blocked meanwhile', async () => {
    const api = await publishApi(session, {
      name: 'VersionAPI',
      context: '/version',
      version: '1.0.0',
      backend: 'http://km-1:9763/services',
      policies: ['Unlimited'],
      operations: [{ target: '/Version', verb: 'GET' }],
    });
    const path = `${api.path}/Version`;
    const [good, revoked, blocked] = [
      await applicationWith('good', api.id),
      await applicationWith('revoked', api.id),
      await applicationWith('blocked', api.id),
    ];
    for (const { token } of [good, revoked, blocked]) await untilItAnswers(path, token, 200);

    const container = docker.getContainer((await lab.containers())['gw-1'] ?? '');
    await container.stop();
    const { client } = revoked.application;
    await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, client, revoked.token);
    // The Publisher of 3.0.0 has no Admin REST API to block with (configuration.md 2.4).
    const row =
      "INSERT INTO AM_BLOCK_CONDITIONS VALUES (NULL, 'APPLICATION', 'admin:blocked', 'true', 'carbon.super', UUID())";
    await lab.ok('exec', 'mysql', 'mysql', '-uapimadmin', '-papimadmin', 'apim_db', '-e', row);
    await container.start();

    // Conditions first: a token that a gateway let pass before it had loaded is not looked up again for as long as it is cached.
    await untilItAnswers(path, blocked.token, 403);
    await untilItAnswers(path, revoked.token, 401);
    await untilItAnswers(path, good.token, 200);
  });
});
