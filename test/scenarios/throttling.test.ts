import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, createAgent } from '../../compose/wso2am/server/databridge/agent/create-agent.ts';
import { THROTTLE_REQUEST } from '../../compose/wso2am/server/databridge/streams.ts';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { openSession } from '../../lab/probes/journey/open-session.ts';
import type { Hop, ProbeReport } from '../../lab/probes/report.ts';
import type { TopicEvent } from '../../lab/probes/topics/topic-event.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

const probe = async (lab: LabUnderTest, ...flags: readonly string[]): Promise<ProbeReport> =>
  JSON.parse((await lab.run('probe', 'throttling', '--json', ...flags)).stdout);

/** Hops that did not pass, in short. */
const troubles = ({ hops }: ProbeReport): readonly string[] =>
  hops
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ name, to, verdict, detail }) => `${verdict} ${name} at ${to}: ${detail}`);

const hopsNamed = ({ hops }: ProbeReport, name: string): readonly Hop[] => hops.filter((hop) => hop.name === name);

/** The live view of a lab, as a user starts it, with a way to wait for one of its lines. */
const startEvents = (lab: LabUnderTest) => {
  const child = lab.start('events', '--json');
  const lines: TopicEvent[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line));
    for (const look of waiting) look();
  });
  /** The first line after the first `from` that fits; the test's time-out bounds it. */
  const line = (fits: (event: TopicEvent) => boolean, from = 0): Promise<TopicEvent> =>
    new Promise((resolve) => {
      const look = () => {
        const found = lines.slice(from).find(fits);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const stop = async (): Promise<unknown> => {
    const ended = child.exitCode === null ? once(child, 'exit') : [child.exitCode];
    child.kill('SIGINT');
    return (await ended)[0];
  };
  return { line, lines, stop };
};

describe('throttling in a lab of five nodes', () => {
  const lab = new LabUnderTest('t-throttling');
  let status: LabStatus;
  let events: ReturnType<typeof startEvents>;
  let agent: Agent;

  beforeAll(async () => {
    status = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    events = startEvents(lab);
    await events.line(({ kind }) => kind === 'listening');
    const { databridge = '', databridgeTls = '' } = status.nodes.find(({ name }) => name === 'tm-1')?.urls ?? {};
    const quiet = { debug() {}, info() {}, warn() {}, error() {}, fatal() {} };
    agent = createAgent({
      groups: [{ type: 'failover', urls: [databridge], authUrls: [databridgeTls] }],
      ...status.credentials,
      trusted: [readFileSync(status.trust.caFile, 'utf8')],
      log: () => quiet,
    });
  });
  afterAll(async () => {
    await agent?.close(2_000);
    await events?.stop();
    await lab.dispose();
  });

  const trafficManager = async () => docker.getContainer((await lab.containers())['tm-1'] ?? '');

  /** Tells the Traffic Manager of accepted requests of an application that may make ten a minute. */
  const requests = (count: number, appKey: string): void => {
    for (let index = 0; index < count; index += 1) {
      agent.publish(THROTTLE_REQUEST, {
        messageID: 'urn:uuid:11111111-2222-3333-4444-555555555555',
        appKey,
        appTier: '10PerMin',
        apiKey: '/pizzashack/1.0.0:1.0.0',
        apiTier: '',
        subscriptionKey: `7:/pizzashack/1.0.0:1.0.0:${appKey}`,
        subscriptionTier: 'Unlimited',
        resourceKey: '/pizzashack/1.0.0/1.0.0/menu:GET',
        resourceTier: 'Unlimited',
        userId: 'admin@carbon.super',
        apiContext: '/pizzashack/1.0.0',
        apiVersion: '1.0.0',
        appTenant: 'carbon.super',
        apiTenant: 'carbon.super',
        appId: '7',
        apiName: 'admin--PizzaShackAPI',
        properties: '{"ip":2130706433}',
      });
    }
  };

  const decidedOn =
    (key: string) =>
    ({ values }: TopicEvent): boolean =>
      values?.throttleKey === key && values.isThrottled === true;

  it('is proven by the probe, hop by hop, and seen in the live view', async () => {
    const report = await probe(lab);
    expect(troubles(report)).toEqual([]);
    const [counting] = hopsNamed(report, 'count events');
    expect(counting).toMatchObject({ from: 'gw-1', to: 'tm-1', detail: expect.stringContaining('after call 10') });
    expect(hopsNamed(report, 'learn decision')).toMatchObject([{ from: 'tm-1', to: 'gw-1' }]);
    const told = await events.line(({ kind }) => kind === 'decision');
    expect(told).toMatchObject({ node: 'tm-1', topic: 'throttleData', values: { isThrottled: true } });
    expect(counting?.detail).toContain(`${told.values?.throttleKey}`);
  });

  it('leaves nothing of the probe behind, also when it is interrupted', async () => {
    const before = events.lines.length;
    const probing = lab.start('probe', 'throttling', '--patience', '70', '--json');
    // The quota is spent then, and it waits for the end of the window.
    await events.line(({ kind, values }) => kind === 'decision' && values?.isThrottled === true, before);
    const ended = once(probing, 'exit');
    probing.kill('SIGINT');
    expect((await ended)[0]).toBe(1);
    const http = httpClient(readFileSync(status.trust.caFile, 'utf8'), 10_000);
    const { publisher, portal } = await openSession({ status, http });
    expect(JSON.parse((await publisher.send('GET', '/apis')).body)).toMatchObject({ count: 0 });
    const applications: { list: { name: string }[] } = JSON.parse((await portal.send('GET', '/applications')).body);
    expect(applications.list.filter(({ name }) => name.startsWith('apim_lab'))).toEqual([]);
  });

  /** What the probe says while the Traffic Manager is away. */
  const probeWhile = async (way: 'kill' | 'pause' | 'cut'): Promise<ProbeReport> => {
    const fault = lab.start('fault', 'tm-1', way, '--json');
    await once(createInterface({ input: fault.stdout }), 'line');
    const report = await probe(lab).finally(() => fault.kill('SIGINT'));
    if (fault.exitCode === null) await once(fault, 'exit');
    return report;
  };

  it('fails open while the Traffic Manager hangs, and the probe does not call that a pass', async () => {
    const report = await probeWhile('pause');
    expect(report.verdict).toBe('fail');
    const silent = { verdict: 'unknown', detail: expect.stringMatching(/^tm-1 is paused: /) };
    expect(hopsNamed(report, 'event receiver')).toMatchObject([silent]);
    expect(hopsNamed(report, 'listen')).toMatchObject([{ verdict: 'unknown' }]);
    expect(hopsNamed(report, 'quota')).toMatchObject([
      { to: 'gw-1', verdict: 'fail', detail: expect.stringContaining('10 calls accepted') },
    ]);
    await events.line(
      ({ kind }) => kind === 'listening',
      events.lines.findLastIndex(({ kind }) => kind === 'lost') + 1,
    );
  });

  it('forgets counts with a restart of the Traffic Manager, after which the live view goes on', async () => {
    // Nine and nine within one minute: eighteen in all, but never ten since the start.
    await expect.poll(() => 60_000 - (Date.now() % 60_000), { timeout: 30_000, interval: 500 }).toBeGreaterThan(20_000);
    requests(9, '1:before');
    requests(10, '2:before');
    await events.line(decidedOn('2:before'));
    const before = events.lines.length;
    await (await trafficManager()).restart({ t: 5 });
    await events.line(({ kind }) => kind === 'lost', before);
    await events.line(({ kind }) => kind === 'listening', before);

    requests(9, '1:before');
    requests(10, '3:after');
    await events.line(decidedOn('3:after'));
    // Events are handled in turn: a decision on these would have come before.
    expect(events.lines.filter(decidedOn('1:before'))).toEqual([]);
    requests(1, '1:before');
    await events.line(decidedOn('1:before'));
  });

  it.each([
    ['kill', 'is not running (exited)'],
    ['cut', 'is cut off from its network'],
  ] as const)(
    'fails open without the Traffic Manager (%s), and the probe names the hop that is missing',
    async (way, why) => {
      const report = await probeWhile(way);
      expect(report.verdict).toBe('fail');
      expect(troubles(report)).toEqual(
        expect.arrayContaining([
          expect.stringContaining(`event receiver at tm-1: tm-1 ${why}`),
          expect.stringContaining('throttling has failed open'),
          expect.stringContaining(`gw-1 -> tm-1 on 9611: no event counted: tm-1 ${why}`),
        ]),
      );
      // What the product's gateway says of it (wire.md 5.12).
      const { stdout } = await lab.ok('logs', 'gw-1', '--tail', '1000');
      expect(stdout).toMatch(/JMS Connection failed : .* - shutting down worker tasks/);
      expect(stdout).toContain('Unable to send events to the endpoint.');
    },
  );

  it('is seen until somebody ends the live view', async () => {
    expect(await events.stop()).toBe(0);
  });
});

describe('throttling with two Gateways and two Traffic Managers', () => {
  const lab = new LabUnderTest('t-throttling-pair');
  const tm = (number: number, port: number) => `"tcp://tm-${number}.${lab.name}.test:${port}"`;
  const groupOf = (...numbers: readonly number[]): readonly string[] => [
    '      [[apim.throttling.url_group]]',
    `      traffic_manager_urls = [${numbers.map((each) => tm(each, 9611)).join()}]`,
    `      traffic_manager_auth_urls = [${numbers.map((each) => tm(each, 9711).replace('tcp:', 'ssl:')).join()}]`,
  ];
  const listeningTo = (endpoint: string): readonly string[] => [
    '      [apim.throttling]',
    `      throttle_decision_endpoints = [${endpoint}]`,
  ];
  const gatewayNamed = (name: string, ...toml: readonly string[]): string =>
    ['  - role: gateway', `    name: ${name}`, '    toml: |', ...toml, ''].join('\n');
  const nodes = [
    'lab: t-throttling-pair',
    'version: 3.2.0',
    'nodes:',
    '  - role: key-manager',
    '  - { role: traffic-manager, replicas: 2 }',
    '  - role: publisher',
    '  - role: developer-portal',
    '  - role: gateway',
    // Both receivers in one group, as people write it who want to have both.
    '  - role: gateway',
    '    toml: |',
    ...groupOf(1, 2),
    '',
  ].join('\n');
  afterAll(() => lab.dispose());

  it('is decided by each Traffic Manager on what it gets, obeyed everywhere, and over with the window', async () => {
    lab.write(nodes);
    await lab.ok('up', '--no-probes');
    const report = await probe(lab, '--patience', '70');
    expect(troubles(report)).toEqual([]);
    expect(hopsNamed(report, 'count events')).toMatchObject([
      { from: 'gw-1', to: 'tm-1', detail: expect.stringContaining('after call 10') },
      { from: 'gw-1', to: 'tm-2', detail: expect.stringContaining('after call 10') },
      // One group with two receivers is fail-over: the first that lives gets all.
      { from: 'gw-2', to: 'tm-1', detail: expect.stringContaining('after call 10') },
      { from: 'gw-2', to: 'tm-2', detail: expect.stringContaining('counts nothing of gw-2') },
    ]);
    expect(hopsNamed(report, 'learn decision').map(({ to }) => to)).toEqual(['gw-1', 'gw-2', 'gw-2', 'gw-1']);
    expect(hopsNamed(report, 'release')).toHaveLength(3);
    expect(hopsNamed(report, 'accept again')).toHaveLength(4);
  });

  it('is that of another quota where events are shared out or told twice, and the probe says so', async () => {
    const sharing = gatewayNamed('sharing', ...groupOf(1, 2), '      type = "loadbalance"');
    lab.write(nodes + sharing + gatewayNamed('twice', ...groupOf(1), ...groupOf(1)));
    await lab.ok('up', '--no-probes');
    const report = await probe(lab);
    expect(hopsNamed(report, 'quota').map(({ to, detail }) => `${to}: ${detail}`)).toEqual([
      expect.stringMatching(/^gw-1: 10 calls accepted/),
      expect.stringMatching(/^gw-2: 10 calls accepted/),
      // Half each would be 9 more; the turn of a receiver that is busy goes to the other, so that one may get more than half.
      expect.stringMatching(/^sharing-1: 10 calls accepted, ([1-9]|1\d) beyond the quota/),
      expect.stringMatching(/^twice-1: refused after [5-9] of 10 calls: some are counted more than once/),
    ]);
    const failed = troubles(report);
    const shared = /^fail count events at tm-\d: counts 1\d of \d\d calls at sharing-1/;
    expect(failed.filter((each) => shared.test(each))).not.toEqual([]);
    expect(failed.filter((each) => !shared.test(each))).toEqual([expect.stringContaining('quota at twice-1')]);
  });

  it('is not enforced by a Gateway that listens to itself, and is twice as much for one with a Traffic Manager of its own', async () => {
    // What a gateway does whose configuration names no Traffic Manager to listen to.
    const deaf = gatewayNamed('deaf', ...listeningTo('"tcp://localhost:5672"'));
    lab.write(nodes + deaf + gatewayNamed('apart', ...listeningTo(tm(2, 5672)), ...groupOf(2)));
    await lab.ok('up', '--no-probes');
    const report = await probe(lab);
    expect(report.verdict).toBe('fail');
    const failed = troubles(report);
    expect(failed.filter((each) => each.includes('-> deaf-1 on 5672: no subscription'))).toHaveLength(4);
    expect(failed.filter((each) => each.includes('quota at deaf-1'))).toHaveLength(1);
    // Its own events arrive, so that the others refuse what it goes on accepting.
    expect(failed.filter((each) => !each.includes('deaf-1')).map((each) => each.replace(/:[^:]*$/, ''))).toEqual([
      // What is counted by one Traffic Manager alone is unknown to those who listen to the other.
      'fail learn decision at apart-1: tm-1 -> apart-1 on 5672: no subscription',
      'fail learn decision at gw-1: tm-2 -> gw-1 on 5672: no subscription',
      'fail learn decision at gw-2: tm-2 -> gw-2 on 5672: no subscription',
    ]);
  });
});
