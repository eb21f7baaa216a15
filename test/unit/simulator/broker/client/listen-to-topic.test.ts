import { createServer, type Server } from 'node:net';
import { connect } from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenToTopic } from '../../../../../compose/wso2am/server/broker/client/listen-to-topic.ts';
import { openBroker } from '../../../../../compose/wso2am/server/broker/open-broker.ts';
import type { Timers } from '../../../../../compose/wso2am/server/broker/timers.ts';
import { boolean, long, mapMessage, plainValues, string } from '../../../../../lab/product/map-message/map-message.ts';
import { listenOnLoopback } from '../../loopback-server.ts';
import { serverCredential, testAuthority } from '../../loopback-tls.ts';
import { eventually } from '../eventually.ts';
import { startBroker } from '../start-broker.ts';

/** Timers on which waits for a retry end when the test says so, those within one list of brokers at once, and limits never. */
const patientTimers = () => {
  const waits: { readonly seconds: number; readonly work: () => void }[] = [];
  const timers: Timers = {
    after: (milliseconds, work) => {
      if (milliseconds < 1_000) {
        const immediate = setImmediate(work);
        return () => clearImmediate(immediate);
      }
      if (milliseconds > 10_000) waits.push({ seconds: milliseconds / 1000, work });
      return () => undefined;
    },
    every: () => () => undefined,
  };
  /** Ends the next wait, when it has begun; returns its length. */
  const elapse = async (): Promise<number> => {
    await eventually(() => waits.length).toBeGreaterThan(0);
    const wait = waits.shift();
    wait?.work();
    return wait?.seconds ?? 0;
  };
  return { timers, elapse };
};

const urlOf = (...ports: readonly number[]): string => {
  const brokers = ports.map((port) => `tcp://127.0.0.1:${port}?retries='5'%26connectdelay='50';`);
  return `amqp://admin:admin@clientid/carbon?brokerlist='${brokers.join('')}'`;
};

const startListener = (url: string, trusted: readonly string[] = []) => {
  const lines: string[] = [];
  const messages: unknown[] = [];
  const { timers, elapse } = patientTimers();
  const listener = listenToTopic({
    url,
    trusted,
    timers,
    topic: 'throttleData',
    onMessage: (message) => messages.push(plainValues(message)),
    log: {
      info: (text) => lines.push(`INFO ${text}`),
      error: (text) => lines.push(`ERROR ${text}`),
    },
  });
  onTestFinished(() => listener.stop());
  const line = (text: string): Promise<void> => eventually(() => lines).toContain(text);
  return { listener, lines, messages, elapse, line };
};

/** A loopback port on which nobody listens. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await new Promise((resolve) => void server.close(resolve));
  return port;
};

/** Opens another broker on a port; gives back how to take it away. */
const startBrokerAt = async (port: number) => {
  const broker = openBroker({
    productVersion: '3.0.0',
    publisher: 'admin',
    authenticate: async () => true,
    warn: () => undefined,
  });
  const server: Server = broker.plainServer();
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    server.close();
    await broker.close();
  };
  onTestFinished(stop);
  return { broker, stop };
};

const STARTING = 'INFO Starting jms topic consumer thread for the throttleData topic...';
const NOT_YET =
  'ERROR Unable to continue server startup as it seems the JMS Provider is not yet started. Please start the JMS provider now.';
const attemptFailed = (attempt: number, seconds: number): string =>
  `ERROR Connection attempt : ${attempt} for JMS Provider failed. Next retry in ${seconds} seconds`;
const connected = (attempt: number): string =>
  `INFO Connection attempt: ${attempt} for JMS Provider for listener: Siddhi-JMS-Consumer#throttleData was successful!`;
const STARTED =
  'INFO Started to listen on destination : throttleData of type topic for listener Siddhi-JMS-Consumer#throttleData';

const DECISION = mapMessage({ throttleKey: string('k'), isThrottled: boolean(true), expiryTimeStamp: long(1_600) });
const SHOWN = { throttleKey: 'k', isThrottled: true, expiryTimeStamp: 1_600 };

describe('a topic listener', () => {
  it('tests the broker, subscribes, says so, and hands on what is published', async () => {
    const { broker, port, warnings } = await startBroker();
    const { lines, messages, line } = startListener(urlOf(port));
    await line(STARTED);
    broker.publish('throttleData', DECISION);

    await eventually(() => messages).toEqual([SHOWN]);
    expect(lines).toEqual([STARTING, connected(1), STARTED]);
    expect(broker.statistics()).toMatchObject({ connections: 1, queues: 1, messages: 0 });
    expect(warnings).toEqual([]);
  });

  it('tells when it listens, and before that when it does not yet', async () => {
    const { port } = await startBroker();
    expect(await startListener(urlOf(port)).listener.tried).toBe(true);

    const other = await freePort();
    const { listener, elapse } = startListener(urlOf(other));
    expect(await listener.tried).toBe(false);
    await startBrokerAt(other);
    await elapse();
    await listener.listening;
  });

  it('waits for a broker that is not there, longer each time', async () => {
    const port = await freePort();
    const { lines, messages, elapse, line } = startListener(urlOf(port));
    expect([await elapse(), await elapse()]).toEqual([20, 40]);
    await line(attemptFailed(3, 80));
    const { broker } = await startBrokerAt(port);
    expect(await elapse()).toBe(80);
    await line(STARTED);
    broker.publish('throttleData', DECISION);

    await eventually(() => messages).toEqual([SHOWN]);
    expect(lines).toEqual([
      STARTING,
      ...[NOT_YET, attemptFailed(1, 20), NOT_YET, attemptFailed(2, 40), NOT_YET, attemptFailed(3, 80)],
      ...[connected(4), STARTED],
    ]);
  });

  it('comes back after a lost connection, and misses what was sent meanwhile', async () => {
    const port = await freePort();
    const first = await startBrokerAt(port);
    const { lines, messages, elapse, line } = startListener(urlOf(port));
    await line(STARTED);
    await first.stop();
    await line('ERROR Reconnection attempt : 1 for Siddhi-JMS-Consumer#throttleData failed. Next retry in 20 seconds');
    const second = await startBrokerAt(port);
    second.broker.publish('throttleData', mapMessage({ lost: boolean(true) }));
    expect(await elapse()).toBe(20);
    await line('INFO Reconnection attempt: 2 for Siddhi-JMS-Consumer#throttleData was successful!');
    second.broker.publish('throttleData', DECISION);

    await eventually(() => messages).toEqual([SHOWN]);
    expect(lines.slice(3)).toEqual([
      'ERROR JMS Connection failed : broker is shutting down [error code 320] - shutting down worker tasks',
      'INFO Reconnection attempt : 1 for Siddhi-JMS-Consumer#throttleData',
      'ERROR Reconnection attempt : 1 for Siddhi-JMS-Consumer#throttleData failed. Next retry in 20 seconds',
      'INFO Reconnection attempt : 2 for Siddhi-JMS-Consumer#throttleData',
      'INFO Reconnection attempt: 2 for Siddhi-JMS-Consumer#throttleData was successful!',
    ]);
  });

  it('takes the next broker of its list, and only that one', async () => {
    const [dead, alive, spare] = [await freePort(), await startBroker(), await startBroker()];
    const { line } = startListener(urlOf(dead, alive.port, spare.port));
    await line(STARTED);

    await eventually(() => alive.broker.statistics().connections).toBe(1);
    expect(spare.broker.statistics().connections).toBe(0);
  });

  it('counts a refused password as a broker that is not there', async () => {
    const { port } = await startBroker({ authenticate: async () => false });
    const { line } = startListener(urlOf(port));

    await line(attemptFailed(1, 20));
  });

  it('goes on after a message that it cannot read', async () => {
    const { broker, port, url } = await startBroker();
    const { messages, lines, line } = startListener(urlOf(port));
    await line(STARTED);
    const connection = await connect(url);
    const channel = await connection.createConfirmChannel();
    channel.publish('amq.topic', 'throttleData', Buffer.from('hello'), { contentType: 'text/plain' });
    channel.publish('amq.topic', 'throttleData', Buffer.from('hello'), { contentType: 'amqp/map' });
    await channel.waitForConfirms();
    await connection.close();
    broker.publish('THROTTLEDATA', DECISION);

    await eventually(() => messages).toEqual([SHOWN]);
    const dropped = 'ERROR Error while processing a message of the topic';
    expect(lines.slice(3)).toEqual([dropped, dropped]);
    await eventually(() => broker.statistics().connections).toBe(1);
  });

  it('stops while it listens, and while it waits', async () => {
    const { broker, port } = await startBroker();
    const listening = startListener(urlOf(port));
    await listening.line(STARTED);
    await listening.listener.stop();
    await eventually(() => broker.statistics()).toMatchObject({ connections: 0, queues: 0 });
    expect(listening.lines.at(-1)).toBe(STARTED);

    const waiting = startListener(urlOf(await freePort()));
    await waiting.line(attemptFailed(1, 20));
    await waiting.listener.stop();
    expect(waiting.lines.at(-1)).toBe(attemptFailed(1, 20));
  });

  it('listens over TLS, to a broker whose name and authority it trusts', async () => {
    const authority = await testAuthority();
    const { key, certificate } = await serverCredential(authority, 'localhost');
    const { broker } = await startBroker();
    const port = await listenOnLoopback(broker.tlsServer({ privateKey: key, chain: certificate }));
    const url = `amqp://admin:admin@clientid/carbon?brokerlist='ssl://localhost:${port}?retries='0''`;

    const stranger = startListener(url);
    await stranger.line(attemptFailed(1, 20));
    const { messages, line } = startListener(url, [authority.certificate]);
    await line(STARTED);
    broker.publish('throttleData', DECISION);
    await eventually(() => messages).toEqual([SHOWN]);
  });
});
