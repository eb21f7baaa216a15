import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { type HttpAnswer, httpClient } from '../../lab/probes/http-client.ts';
import { findApi, isSubscribed } from '../../lab/probes/journey/find.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  subscribe,
} from '../../lab/probes/journey/subscribe.ts';
import { revoke } from '../../lab/probes/oauth2-client.ts';
import { until } from '../../lab/probes/until.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** A start on a busy machine. */
const PATIENCE = { limit: 90_000, interval: 50 };

/**
 * A restarted gateway of 3.0.0 loads what was revoked and blocked after a minute (wire.md 5.11); a token that it lets pass by then
 * it does not look up again for as long as it is cached.
 */
const NO_DELAY = 'toml: |\n  [apim.throttling.blacklist_condition]\n  start_delay = 0\n';

const NODES = ['km-1', 'tm-1', 'pub-1', 'dev-1', 'gw-1', 'gw-2'];

describe.each(['3.0.0', '3.2.0'] as const)('what a lab of %s acknowledged', (version) => {
  const lab = new LabUnderTest(`t-restart-${version.replaceAll('.', '-')}`);
  let session: ProductSession;
  let gateways: readonly { readonly to: string; readonly origin: string }[];
  let api: PublishedApi;
  let good: Application;
  let limited: Application;
  const tokens = { good: '', limited: '', blocked: '', revoked: '' };

  const call = (gateway: string, token: string) =>
    session.http({ url: `${gateway}${api.path}/Version`, headers: { Authorization: `Bearer ${token}` } });

  const everyGatewayAnswers = async (token: string, status: number, among = gateways): Promise<void> => {
    for (const { origin } of among) {
      const answer = () => call(origin, token);
      const found = await until(`status ${status}`, PATIENCE, answer, (seen) => seen.status === status, shown);
      expect(found.status).toBe(status);
    }
  };

  const subscribed = async (name: string, policy: string): Promise<Application> => {
    const application = await createApplication(session, { name, policy, tokenType: 'JWT' });
    await subscribe(session, { apiId: api.id, applicationId: application.id, throttlingPolicy: 'Unlimited' });
    return application;
  };

  beforeAll(async () => {
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'];
    const nodes = [...roles.map((role) => `  - role: ${role}\n`), '  - { role: gateway, replicas: 2 }\n'].join('');
    lab.write(`lab: ${lab.name}\nversion: ${version}\n${NO_DELAY}nodes:\n${nodes}`);
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    session = await openSession({ status, http: httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000) });
    gateways = gatewayRoutes(status).filter(({ direct }) => direct);

    api = await publishApi(session, {
      name: 'VersionAPI',
      context: '/version',
      version: '1.0.0',
      // Not a node that is restarted.
      backend: 'http://backend:8080/echo',
      policies: ['Unlimited'],
      operations: [{ target: '/Version', verb: 'GET' }],
    });
    [good, limited] = [await subscribed('good', 'Unlimited'), await subscribed('limited', '10PerMin')];
    tokens.good = (await applicationToken(session, good)).access_token;
    tokens.limited = (await applicationToken(session, limited)).access_token;
    const blocked = await subscribed('blocked', 'Unlimited');
    tokens.blocked = (await applicationToken(session, blocked)).access_token;
    // The Publisher of 3.0.0 has no Admin REST API to block with (configuration.md 2.4); the gateways read it when they start.
    const row =
      "INSERT INTO AM_BLOCK_CONDITIONS VALUES (NULL, 'APPLICATION', 'admin:blocked', 'true', 'carbon.super', UUID())";
    await lab.ok('exec', 'mysql', 'mysql', '-uapimadmin', '-papimadmin', 'apim_db', '-e', row);
    const another = await subscribed('revoked', 'Unlimited');
    tokens.revoked = (await applicationToken(session, another)).access_token;
    await everyGatewayAnswers(tokens.good, 200);
    await everyGatewayAnswers(tokens.revoked, 200);
    await revoke(session.http, `${session.keyManager.origin}/oauth2/revoke`, another.client, tokens.revoked);
    await everyGatewayAnswers(tokens.revoked, 401);
  });
  afterAll(() => lab.dispose());

  it.each(NODES)('outlives a restart of %s', async (node) => {
    await docker.getContainer((await lab.containers())[node] ?? '').restart();

    // Of the node itself when it is a gateway: it has loaded what it must refuse.
    const restarted = gateways.filter(({ to }) => to === node);
    await everyGatewayAnswers(tokens.blocked, 403, restarted);
    await everyGatewayAnswers(tokens.good, 200);
    await everyGatewayAnswers(tokens.revoked, 401);

    // A node that is still starting does not answer; what it answers then must be right at once.
    const token = await until('a token', PATIENCE, () => applicationToken(session, good), Boolean);
    await everyGatewayAnswers(token.access_token, 200);

    const named = { name: 'VersionAPI', version: '1.0.0' };
    for (const client of [session.publisher, session.portal]) {
      const found = await until('the API', PATIENCE, () => findApi(client, named), Boolean);
      expect(found).toMatchObject({ id: api.id, lifeCycleStatus: 'PUBLISHED' });
    }
    expect(await isSubscribed(session, { apiId: api.id, applicationId: good.id })).toBe(true);

    await everyGatewayAnswers(tokens.limited, 429);
  });
});

const shown = ({ status, body }: HttpAnswer): string => `${status} ${body}`;
