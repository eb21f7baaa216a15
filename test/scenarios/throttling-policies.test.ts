import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { expectStatus } from '../../lab/probes/answers.ts';
import { type HttpAnswer, httpClient } from '../../lab/probes/http-client.ts';
import { gatewayRoutes } from '../../lab/probes/journey/gateway-routes.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import { applicationToken, createApplication, subscribe } from '../../lab/probes/journey/subscribe.ts';
import { until } from '../../lab/probes/until.ts';
import { LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 50 };

/** A minute of the clock, and time to hear of its end. */
const MINUTE_PATIENCE = { limit: 90_000, interval: 20 };

/** The Key Manager's plain port: it answers something to whoever reaches it. */
const BACKEND = 'http://km-1:9763/services';

const policySchema = z.object({ policyId: z.string(), isDeployed: z.literal(true) });

const requests = (requestCount: number, timeUnit: 'min' | 'hour') => ({
  type: 'RequestCountLimit',
  requestCount,
  unitTime: 1,
  timeUnit,
});

/** Counts all calls of an API; the documentation's custom policies have this form. */
const QUERY = `FROM RequestStream SELECT apiContext, (apiContext == '/policies/1.0.0') AS isEligible, apiContext as throttleKey
INSERT INTO EligibilityStream;
FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 hour)
SELECT throttleKey, (count(apiContext) >= 5) as isThrottled, expiryTimeStamp group by throttleKey
INSERT ALL EVENTS into ResultStream;`;

describe('throttling policies made in a running lab', () => {
  const lab = new LabUnderTest('t-policies');
  let session: ProductSession;
  let gateways: readonly string[];
  let api: PublishedApi;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    const roles = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'];
    lab.write(`lab: ${lab.name}
version: 3.1.0
nodes:
${roles.map((role) => `  - role: ${role}\n`).join('')}
  - role: gateway
    replicas: 2
    toml: |
      [apim.throttling]
      enable_header_based_throttling = true
`);
    const status: LabStatus = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    session = await openSession({ status, http: httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000) });
    gateways = gatewayRoutes(status).flatMap(({ origin, direct }) => (direct ? [origin] : []));
  });
  afterAll(() => lab.dispose());

  const makePolicy = async (level: string, body: object): Promise<string> => {
    return (await session.admin.ask(policySchema, 201, 'POST', `/throttling/policies/${level}`, body)).policyId;
  };

  const call = (gateway: string, application: string, headers: Readonly<Record<string, string>> = {}, { path } = api) =>
    session.http({
      url: `${gateway}${path}/Version`,
      headers: { Authorization: `Bearer ${tokens[application]}`, ...headers },
    });

  /** Calls until the answer is as expected, and expects it to be so in the end. */
  const comesTo = async (expected: string, patience: typeof PATIENCE, attempt: () => Promise<HttpAnswer>) => {
    const outcome = async () => outcomeOf(await attempt());
    expect(await until(expected, patience, outcome, (seen) => seen === expected)).toBe(expected);
  };

  const subscribed = async (application: string, throttlingPolicy: string, { id: apiId } = api): Promise<void> => {
    const made = await createApplication(session, { name: application, policy: 'Unlimited', tokenType: 'OAUTH' });
    await subscribe(session, { apiId, applicationId: made.id, throttlingPolicy });
    tokens[application] = (await applicationToken(session, made)).access_token;
  };

  it('are named by an API and its subscriptions', async () => {
    await makePolicy('advanced', {
      policyName: 'SlowLane',
      defaultLimit: requests(1_000_000, 'min'),
      conditionalGroups: [
        {
          description: 'who asks for it',
          conditions: [
            { type: 'HeaderCondition', invertCondition: false, headerName: 'X-Lane', headerValue: '^slow$' },
          ],
          limit: requests(3, 'min'),
        },
      ],
    });
    const once = { defaultLimit: requests(1, 'hour') };
    await makePolicy('subscription', { policyName: 'Strict', ...once, stopOnQuotaReach: true });
    await makePolicy('subscription', { policyName: 'Lenient', ...once, stopOnQuotaReach: false });
    const burst = { rateLimitCount: 2, rateLimitTimeUnit: 'min' };
    await makePolicy('subscription', { policyName: 'Bursts', defaultLimit: requests(1_000_000, 'min'), ...burst });
    api = await publishApi(session, {
      name: 'PoliciesAPI',
      context: '/policies',
      version: '1.0.0',
      backend: BACKEND,
      policies: ['Unlimited', 'Strict', 'Lenient', 'Bursts'],
      operations: [{ target: '/Version', verb: 'GET', policy: 'SlowLane' }],
    });
    await subscribed('app', 'Unlimited');
    for (const gateway of gateways) await comesTo('200', PATIENCE, () => call(gateway, 'app'));
  });

  it('with a header condition refuse calls with that header on every gateway, and no others, until the minute is over', async () => {
    const slow = { 'X-Lane': 'slow' };
    for (const gateway of gateways) await comesTo('429 900802', MINUTE_PATIENCE, () => call(gateway, 'app', slow));
    for (const gateway of gateways) expect(outcomeOf(await call(gateway, 'app'))).toBe('200');

    for (const gateway of gateways) await comesTo('200', MINUTE_PATIENCE, () => call(gateway, 'app', slow));
  });

  it('of a whole API take the place of those of its resources', async () => {
    const defaultLimit = requests(1, 'hour');
    await makePolicy('advanced', { policyName: 'OncePerHour', defaultLimit });
    const whole = await publishApi(session, {
      name: 'WholeAPI',
      context: '/whole',
      version: '1.0.0',
      backend: BACKEND,
      policies: ['Unlimited'],
      apiPolicy: 'OncePerHour',
      operations: [{ target: '/Version', verb: 'GET', policy: 'SlowLane' }],
    });
    await subscribed('whole', 'Unlimited', whole);
    for (const gateway of gateways) await comesTo('429 900800', PATIENCE, () => call(gateway, 'whole', {}, whole));
    for (const gateway of gateways) expect(outcomeOf(await call(gateway, 'app'))).toBe('200');
  });

  it('in SiddhiQL refuse calls by their key on every gateway, until they are deleted', async () => {
    const body = { policyName: 'FiveInAll', keyTemplate: '$apiContext', siddhiQuery: QUERY };
    const id = await makePolicy('custom', body);
    for (const gateway of gateways) await comesTo('429 900806', PATIENCE, () => call(gateway, 'app'));

    const answer = await session.admin.send('DELETE', `/throttling/policies/custom/${id}`);
    expect(answer?.status).toBe(200);
    for (const gateway of gateways) await comesTo('200', PATIENCE, () => call(gateway, 'app'));
  });

  it('of a subscription let calls pass beyond the quota where they do not stop on it', async () => {
    const [first = ''] = gateways;
    await subscribed('lenient', 'Lenient');
    await subscribed('strict', 'Strict');
    expectStatus(await call(first, 'lenient'), 200);
    // One gateway tells of calls in their order, and so is told every decision: who knows this one knows that before it.
    for (const gateway of [first, ...gateways]) {
      await comesTo('429 900804', PATIENCE, () => call(gateway, 'strict'));
      expect(outcomeOf(await call(gateway, 'lenient'))).toBe('200');
    }
  });

  it('arrest a burst in every gateway by itself', async () => {
    await subscribed('bursts', 'Bursts');
    for (const gateway of gateways) {
      expect(outcomeOf(await call(gateway, 'bursts'))).toBe('200');
      await comesTo('429 900807', PATIENCE, () => call(gateway, 'bursts'));
    }
  });
});

/** `200`, or `429 900802`: the status, with the code of a throttling fault. */
const outcomeOf = ({ status, body }: HttpAnswer): string => {
  const code = /<amt:code>(\d+)</.exec(body)?.[1];
  return code === undefined ? String(status) : `${status} ${code}`;
};
