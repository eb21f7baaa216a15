import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { expectStatus } from '../../lab/probes/answers.ts';
import { type HttpAnswer, httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import type { RestClient } from '../../lab/probes/journey/rest-client.ts';
import { applicationToken, createApplication, subscribe } from '../../lab/probes/journey/subscribe.ts';
import { until } from '../../lab/probes/until.ts';
import type { Version } from '../../lab/product/versions.ts';
import { LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 20 };

/** Where calls claim to come from: gateways take the first element of `X-Forwarded-For` (wire.md 3.7). */
const CLIENT = '10.9.8.7';

const FIVE_NODES = `${['key-manager', 'traffic-manager', 'publisher', 'developer-portal']
  .map((role) => `  - role: ${role}\n`)
  .join('')}  - { role: gateway, replicas: 2 }\n`;

/** The Publisher of 3.0.0 has no Admin REST API: only nodes that do everything have it (configuration.md 2.4). */
const NODES: readonly (readonly [Version, string])[] = [
  ['3.0.0', '  - { role: all-in-one, replicas: 2 }\n'],
  ['3.1.0', FIVE_NODES],
  ['3.2.0', FIVE_NODES],
];

/** Counts all calls of an API; the documentation's custom policies have this form. */
const QUERY = `FROM RequestStream SELECT apiContext, (apiContext == '/limits/1.0.0') AS isEligible, apiContext as throttleKey
INSERT INTO EligibilityStream;
FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 hour)
SELECT throttleKey, (count(apiContext) >= 5) as isThrottled, expiryTimeStamp group by throttleKey
INSERT ALL EVENTS into ResultStream;`;

const conditionSchema = z.object({ conditionId: z.string() });
const policySchema = z.object({ policyId: z.string(), isDeployed: z.literal(true) });

/** Conditions that keep the tests' calls out, in the forms of the version (wire.md 5.9). */
const conditionsOf = (version: Version): readonly (readonly [type: string, value: unknown])[] => [
  ['API', '/limits/1.0.0'],
  ['APPLICATION', 'admin:limited'],
  ['USER', 'admin'],
  ...(version === '3.0.0'
    ? [['IP', CLIENT] as const]
    : [
        ['IP', { fixedIp: CLIENT, invert: false }] as const,
        ['IPRANGE', { startingIp: '10.9.8.1', endingIp: '10.9.8.9', invert: false }] as const,
      ]),
];

describe.each(NODES)('two gateways of %s', (version, nodes) => {
  const lab = new LabUnderTest(`t-limits-${version.replaceAll('.', '')}`);
  let session: ProductSession;
  let admin: RestClient;
  let gateways: readonly string[];
  let api: PublishedApi;
  let token: string;

  beforeAll(async () => {
    lab.write(`lab: ${lab.name}\nversion: ${version}\nnodes:\n${nodes}`);
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    session = await openSession({ status, http: httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000) });
    if (!session.admin) throw new Error('no node has the Admin REST API');
    admin = session.admin;
    gateways = gatewayRoutes(status).flatMap(({ origin, direct }) => (direct ? [origin] : []));
    api = await publish('Limits', {});
    const application = await createApplication(session, { name: 'limited', policy: 'Unlimited', tokenType: 'OAUTH' });
    const capped = await publish('Capped', { maxTps: { production: 1 } });
    for (const { id: apiId } of [api, capped])
      await subscribe(session, { apiId, applicationId: application.id, throttlingPolicy: 'Unlimited' });
    token = (await applicationToken(session, application)).access_token;
  });
  afterAll(() => lab.dispose());

  const publish = (name: string, more: object): Promise<PublishedApi> =>
    publishApi(session, {
      name,
      context: `/${name.toLowerCase()}`,
      version: '1.0.0',
      backend: 'http://backend:8080',
      policies: ['Unlimited'],
      operations: [{ target: '/menu', verb: 'GET' }],
      more,
    });

  const call = async (gateway: string, address = CLIENT, path = api.path): Promise<string> =>
    outcomeOf(
      await session.http({
        url: `${gateway}${path}/menu`,
        headers: { Authorization: `Bearer ${token}`, 'X-Forwarded-For': address },
      }),
    );

  /** Calls every gateway until it answers so, and expects it to do so in the end. */
  const allComeTo = async (expected: string, path?: string): Promise<void> => {
    for (const gateway of gateways) {
      const look = () => call(gateway, CLIENT, path);
      expect(await until(expected, PATIENCE, look, (seen) => seen === expected)).toBe(expected);
    }
  };

  it('enforce quotas, as the probe finds', async () => {
    await lab.ok('probe', 'throttling');
  });

  it.each(conditionsOf(version))(
    'both refuse calls that an administrator blocks by %s, until the condition is deleted',
    async (conditionType, conditionValue) => {
      await allComeTo('200');
      const body = { conditionType, conditionValue };
      const { conditionId } = await admin.ask(conditionSchema, 201, 'POST', '/throttling/blacklist', body);
      await allComeTo('403 900805');
      if (conditionType.startsWith('IP'))
        for (const gateway of gateways) expect(await call(gateway, '10.9.8.9')).toBe('200');

      expectStatus(await admin.send('DELETE', `/throttling/blacklist/${conditionId}`), 200);
      await allComeTo('200');
    },
  );

  it('both refuse calls by the key template of a custom policy, until it is deleted', async () => {
    const body = { policyName: 'FiveInAll', keyTemplate: '$apiContext', siddhiQuery: QUERY };
    const { policyId } = await admin.ask(policySchema, 201, 'POST', '/throttling/policies/custom', body);
    await allComeTo('429 900806');

    expectStatus(await admin.send('DELETE', `/throttling/policies/custom/${policyId}`), 200);
    await allComeTo('200');
  });

  it('each refuse more calls a second than the back end takes, and accept the next second', async () => {
    const path = '/capped/1.0.0';
    await allComeTo('200', path);
    for (const gateway of gateways) {
      const burst = await Promise.all(Array.from({ length: 5 }, () => call(gateway, CLIENT, path)));
      expect(burst).toContain('503 900801');
    }
    await allComeTo('200', path);
  });
});

/** `200`, or `403 900805`: the status, with the code of a throttling fault. */
const outcomeOf = ({ status, body }: HttpAnswer): string => {
  const code = /<amt:code>(\d+)</.exec(body)?.[1];
  return code === undefined ? String(status) : `${status} ${code}`;
};
