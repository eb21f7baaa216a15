import { createServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { UrlGroupError } from '../../../../compose/wso2am/server/config/url-group-error.ts';
import type { UrlGroup } from '../../../../compose/wso2am/server/config/url-groups.ts';
import { type Agent, createAgent } from '../../../../compose/wso2am/server/databridge/agent/create-agent.ts';
import { GATHERING_TIME } from '../../../../compose/wso2am/server/databridge/agent/limits.ts';
import { EXCEPTION, encodeAnswer } from '../../../../compose/wso2am/server/databridge/answers.ts';
import { THROTTLE_REQUEST } from '../../../../compose/wso2am/server/databridge/streams.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type RecordedLog, recordedLog } from './recorded-log.ts';
import { numbered, THROTTLE_PAYLOAD } from './sample-events.ts';
import { type StartedReceiver, startReceiver } from './start-receiver.ts';

const INTERVAL = 30_000;
const SESSION_LIFE = 30 * 60_000;
const QUEUE = 32_768;

let authority: Credential;
let server: Credential;

beforeAll(async () => {
  authority = await testAuthority();
  server = await serverCredential(authority, 'localhost');
});

type Ports = { readonly port: number; readonly tlsPort: number };

const groupOf = (type: UrlGroup['type'], ...receivers: readonly Ports[]): UrlGroup => ({
  type,
  urls: receivers.map(({ port }) => `tcp://127.0.0.1:${port}`),
  authUrls: receivers.map(({ tlsPort }) => `ssl://127.0.0.1:${tlsPort}`),
});

type StartedAgent = RecordedLog & { readonly agent: Agent; readonly clock: ManualClock };

const startAgent = (groups: readonly UrlGroup[], password = 'admin', trusted = authority.certificate): StartedAgent => {
  const recorded = recordedLog();
  const clock = manualClock();
  const agent = createAgent({ groups, username: 'admin', password, trusted: [trusted], log: recorded.log, clock });
  onTestFinished(async () => {
    const closed = agent.close(1);
    clock.advance(1);
    await closed;
  });
  return { ...recorded, agent, clock };
};

const publish = (agent: Agent, first: number, last: number): void => {
  for (let number = first; number <= last; number += 1) agent.publish(THROTTLE_REQUEST, numbered(number));
};

const idsIn = ({ events }: StartedReceiver): readonly unknown[] => events.map(({ payload }) => payload.messageID);
const ids = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => `m${number}`);

/** Ports that nobody listens on. */
const deadPorts = async (): Promise<Ports> => {
  const receiver = await startReceiver(server);
  await receiver.receiver.close(0);
  return receiver;
};

describe('an agent', () => {
  it('logs in over TLS and publishes over TCP, in order, with its arbitrary pairs and the time', async () => {
    const receiver = await startReceiver(server);
    const { agent } = startAgent([groupOf('failover', receiver)]);

    agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD, new Map([['key', 'value']]));
    publish(agent, 1, 2);
    await receiver.arrived(3);

    expect(receiver.events[0]).toEqual({
      stream: THROTTLE_REQUEST,
      timestamp: 1_600_000_000_000,
      meta: {},
      correlation: {},
      payload: THROTTLE_PAYLOAD,
      arbitrary: new Map([['key', 'value']]),
    });
    expect(idsIn(receiver).slice(1)).toEqual(ids(1, 2));
  });

  it('logs in a hundred ports above the receiver when no other place is configured', async () => {
    const { line } = startAgent([{ type: 'failover', urls: ['tcp://127.0.0.1:9'], authUrls: [] }]);

    expect(await line('Cannot borrow client')).toContain('ssl://127.0.0.1:109.');
  });

  it.each<[string, Partial<UrlGroup>]>([
    ['without URLs', { urls: [], authUrls: [] }],
    ['with more URLs than log-ins', { urls: ['tcp://a:1', 'tcp://b:1'], authUrls: ['ssl://a:2'] }],
    ['with a URL of another kind', { urls: ['http://a:1'], authUrls: [] }],
    ['with an impossible port', { urls: ['tcp://a:70000'], authUrls: [] }],
  ])('refuses a group %s', (_, wrong) => {
    expect(() => startAgent([{ type: 'failover', urls: ['tcp://a:1'], authUrls: [], ...wrong }])).toThrow(
      UrlGroupError,
    );
  });

  it('sends a copy of every event to each group', async () => {
    const [one, other] = [await startReceiver(server), await startReceiver(server)];
    const { agent } = startAgent([groupOf('failover', one), groupOf('failover', other)]);

    publish(agent, 1, 500);
    await Promise.all([one.arrived(500), other.arrived(500)]);

    const all = Array.from({ length: 500 }, (_, index) => `m${index + 1}`);
    expect(idsIn(one)).toEqual(all);
    expect(idsIn(other)).toEqual(all);
  });

  it('keeps a group going while another is down', async () => {
    const [live, dead] = [await startReceiver(server), await deadPorts()];
    const { agent, line } = startAgent([groupOf('failover', dead), groupOf('failover', live)]);

    publish(agent, 1, 3);
    await live.arrived(3);

    expect(idsIn(live)).toEqual(ids(1, 2, 3));
    expect(await line('Error while trying')).toBe(
      `ERROR DataEndpointConnectionWorker Error while trying to connect to the endpoint. Cannot borrow client for ssl://127.0.0.1:${dead.tlsPort}.`,
    );
  });

  it('shares the events of a load-balanced group out, one by one', async () => {
    const [one, other] = [await startReceiver(server), await startReceiver(server)];
    const { agent } = startAgent([groupOf('loadbalance', one, other)]);
    await Promise.all([one.line('connected'), other.line('connected')]);
    await untilStates(agent, ['active', 'active']);

    publish(agent, 1, 6);
    await Promise.all([one.arrived(3), other.arrived(3)]);

    expect(idsIn(one)).toEqual(ids(1, 3, 5));
    expect(idsIn(other)).toEqual(ids(2, 4, 6));
  });

  it('sends everything to the first of a failover group, and to the next when that is gone', async () => {
    const [first, second] = [await startReceiver(server), await startReceiver(server)];
    const { agent, line } = startAgent([groupOf('failover', first, second)]);
    await untilStates(agent, ['active', 'active']);

    publish(agent, 1, 2);
    await first.arrived(2);
    await untilStates(agent, ['active', 'active']);
    await first.receiver.close(0);
    publish(agent, 3, 4);
    await second.arrived(2);

    expect(idsIn(first)).toEqual(ids(1, 2));
    expect(idsIn(second)).toEqual(ids(3, 4));
    expect(await line('Unable to send')).toBe('ERROR DataEndpoint Unable to send events to the endpoint. ');
  });

  it('returns to the first of a failover group at the next reconnection', async () => {
    const [first, second] = [await startReceiver(server), await startReceiver(server)];
    await first.receiver.close(0);
    const { agent, clock } = startAgent([groupOf('failover', first, second)]);
    await untilStates(agent, ['unavailable', 'active']);
    const back = await startReceiver(server, { ports: first });

    clock.advance(INTERVAL);
    await untilStates(agent, ['active', 'active']);
    publish(agent, 1, 1);
    await back.arrived(1);

    expect(idsIn(second)).toEqual([]);
  });

  it('logs in again when its session is over, and loses nothing', async () => {
    const receiver = await startReceiver(server);
    const { agent } = startAgent([groupOf('failover', receiver)]);
    publish(agent, 1, 1);
    await receiver.arrived(1);

    receiver.clock.advance(SESSION_LIFE);
    publish(agent, 2, 3);
    await receiver.arrived(3);

    expect(idsIn(receiver)).toEqual(ids(1, 2, 3));
    expect(receiver.lines.filter((line) => line.includes('user admin connected'))).toHaveLength(2);
  });

  it('keeps events while nobody takes them, and sends them when a receiver is back', async () => {
    const ports = await deadPorts();
    const { agent, clock, line } = startAgent([groupOf('failover', ports)]);
    publish(agent, 1, 450);
    await untilStates(agent, ['unavailable']);
    clock.advance(INTERVAL);
    expect(await line('No receiver')).toBe(
      'WARN DataEndpointGroup No receiver is reachable at reconnection, will try to reconnect every 30 sec',
    );

    const receiver = await startReceiver(server, { ports });
    clock.advance(INTERVAL);
    await receiver.arrived(450);

    expect(idsIn(receiver)).toEqual(Array.from({ length: 450 }, (_, index) => `m${index + 1}`));
  });

  it('drops what its queue cannot hold, never waits, and says so once in ten seconds', async () => {
    const ports = await deadPorts();
    const { agent, clock, lines } = startAgent([groupOf('failover', ports)]);
    for (let number = 0; number < QUEUE; number += 1)
      if (!agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD)) throw new Error(`event ${number} was dropped`);

    const dropped = [
      agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD),
      agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD),
    ];
    clock.advance(10_001);
    dropped.push(agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD));

    expect(dropped).toEqual([false, false, false]);
    const name = `[ ( Receiver URL : tcp://127.0.0.1:${ports.port}, Authentication URL : ssl://127.0.0.1:${ports.tlsPort}) ]`;
    expect(lines.filter((line) => line.includes('queue is full'))).toEqual([
      `WARN DataPublisher Event queue is full, unable to process the event for endpoint group ${name}, 1 events dropped so far.`,
      `WARN DataPublisher Event queue is full, unable to process the event for endpoint group ${name}, 3 events dropped so far.`,
    ]);
  });

  it('cuts large events into batches that a receiver takes, and drops one that no receiver would', async () => {
    const receiver = await startReceiver(server);
    const { agent, lines } = startAgent([groupOf('failover', receiver)]);
    const sized = (bytes: number) => ({ ...THROTTLE_PAYLOAD, properties: 'x'.repeat(bytes) });

    const taken = Array.from({ length: 60 }, () => agent.publish(THROTTLE_REQUEST, sized(300_000)));
    const tooLarge = agent.publish(THROTTLE_REQUEST, sized(1024 * 1024));
    await receiver.arrived(60);

    expect(taken).not.toContain(false);
    expect(tooLarge).toBe(false);
    expect(lines).toEqual([expect.stringMatching(/^WARN DataPublisher Event of \d+ bytes on .* is too large/)]);
  });

  it('stays out with a wrong password', async () => {
    const receiver = await startReceiver(server);
    const { agent, line } = startAgent([groupOf('failover', receiver)], 'wrong');

    expect(await line('Cannot borrow client')).toContain('ERROR DataEndpointConnectionWorker');
    expect(agent.states()).toEqual([['unavailable']]);
  });

  it('does not log in where it does not trust the certificate', async () => {
    const receiver = await startReceiver(server);
    const stranger = await testAuthority();
    const { agent, line } = startAgent([groupOf('failover', receiver)], 'admin', stranger.certificate);

    await line('Cannot borrow client');

    expect(agent.states()).toEqual([['unavailable']]);
    expect(receiver.lines.filter((each) => each.includes('connected'))).toEqual([]);
  });

  it('notices at the next reconnection that a receiver is gone, without an event', async () => {
    const receiver = await startReceiver(server);
    const { agent, clock } = startAgent([groupOf('failover', receiver)]);
    await untilStates(agent, ['active']);
    await receiver.receiver.close(0);

    clock.advance(INTERVAL);

    await untilStates(agent, ['unavailable']);
  });

  it('gives up on a receiver that takes a batch and does not answer within thirty seconds', async () => {
    const receiver = await startReceiver(server);
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    const asked = new Promise<void>((resolve) =>
      silent.on('connection', (socket) => socket.once('data', () => resolve())),
    );
    const port = await listenOnLoopback(silent);
    const { agent, clock, line } = startAgent([groupOf('failover', { port, tlsPort: receiver.tlsPort })]);
    publish(agent, 1, 1);
    await asked;

    clock.advance(30_000);

    expect(await line('Unable to send events')).toContain('ERROR DataEndpoint');
  });

  it.each([
    ['more than it asked for', Buffer.of(0, 0)],
    ['no answer at all', Buffer.of(9)],
    ['an error it does not know', encodeAnswer({ kind: 'error', className: 'java.lang.Error', message: '?' })],
  ])('takes a receiver for unavailable that sends %s', async (_, answer) => {
    const receiver = await startReceiver(server);
    const wrong = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(answer));
    });
    const port = await listenOnLoopback(wrong);
    const { agent, line } = startAgent([groupOf('failover', { port, tlsPort: receiver.tlsPort })]);

    publish(agent, 1, 1);

    expect(await line('Unable to send events')).toContain('ERROR DataEndpoint');
  });

  it('does not send again what a receiver cannot understand', async () => {
    const receiver = await startReceiver(server);
    const answer = encodeAnswer({ kind: 'error', className: EXCEPTION.undefinedEventType, message: 'no such stream' });
    const strict = createServer((socket) => void socket.on('data', () => socket.write(answer)));
    const port = await listenOnLoopback(strict);
    const { agent, line } = startAgent([groupOf('failover', { port, tlsPort: receiver.tlsPort })]);

    publish(agent, 1, 1);

    expect(await line('Unable to process')).toBe('ERROR DataEndpoint Unable to process this event. no such stream');
    await agent.close(1_000);
  });
});

describe('an agent under load', () => {
  /** A receiver in whose hands the first batch is when more events come. */
  const startUnderLoad = async (firstBatch: number, ...spare: readonly Ports[]) => {
    const receiver = await startReceiver(server, {
      onEvent: ({ payload }) => {
        if (payload.messageID === 'm1') publish(started.agent, firstBatch + 1, firstBatch + 1);
      },
    });
    const started = startAgent([groupOf('failover', receiver, ...spare)]);
    await untilStates(started.agent, ['active', ...spare.map(() => 'active')]);
    publish(started.agent, 1, firstBatch);
    await receiver.arrived(firstBatch);
    return { receiver, ...started };
  };

  it('lets the batch after one of several grow', async () => {
    const { receiver, agent, clock } = await startUnderLoad(2);
    await untilStates(agent, ['active']);
    publish(agent, 4, 5);
    await nextTurn();
    expect(idsIn(receiver)).toEqual(ids(1, 2));

    clock.advance(GATHERING_TIME);
    await receiver.arrived(5);
    expect(idsIn(receiver)).toEqual(ids(1, 2, 3, 4, 5));
  });

  it('does so where a second receiver stands by', async () => {
    const spare = await startReceiver(server);
    const { receiver, agent, clock } = await startUnderLoad(2, spare);
    await untilStates(agent, ['active', 'active']);
    publish(agent, 4, 5);
    await nextTurn();
    expect(idsIn(receiver)).toEqual(ids(1, 2));

    clock.advance(GATHERING_TIME);
    await receiver.arrived(5);
    expect(idsIn(spare)).toEqual([]);
  });

  it('sends at once what comes one by one', async () => {
    const { receiver } = await startUnderLoad(1);
    await receiver.arrived(2);
    expect(idsIn(receiver)).toEqual(ids(1, 2));
  });

  it('keeps nobody waiting for more when it closes', async () => {
    const { receiver, agent } = await startUnderLoad(2);
    await agent.close(1_000);
    expect(idsIn(receiver)).toEqual(ids(1, 2, 3));
  });
});

describe('an agent that closes', () => {
  it('sends what is queued, logs out, and takes no more', async () => {
    const receiver = await startReceiver(server);
    const { agent } = startAgent([groupOf('failover', receiver)]);
    publish(agent, 1, 1_000);

    await agent.close(5_000);

    expect(receiver.events).toHaveLength(1_000);
    expect(receiver.lines.at(-1)).toBe('INFO DataBridge user admin disconnected');
    expect(agent.publish(THROTTLE_REQUEST, THROTTLE_PAYLOAD)).toBe(false);
  });

  it('does not wait for receivers that are all down', async () => {
    const { agent, lines } = startAgent([groupOf('failover', await deadPorts())]);
    await untilStates(agent, ['unavailable']);
    publish(agent, 1, 1);

    await agent.close(5_000);

    expect(lines.at(-1)).toBe('ERROR DataEndpointGroup Dropping all events as DataPublisher is shutting down.');
  });

  it('stops waiting at its limit', async () => {
    const receiver = await startReceiver(server, { authenticate: () => new Promise(() => undefined) });
    const { agent, clock, lines } = startAgent([groupOf('failover', receiver)]);
    publish(agent, 1, 1);
    await receiver.line('connected');

    const closed = agent.close(5_000);
    clock.advance(5_000);
    await closed;

    expect(lines.at(-1)).toBe('ERROR DataEndpointGroup Dropping all events as DataPublisher is shutting down.');
  });
});

/** Waits until the receivers of the only group are in these states. */
const untilStates = async (agent: Agent, states: readonly string[]): Promise<void> => {
  await expect.poll(() => agent.states(), { interval: 5 }).toEqual([states]);
};
