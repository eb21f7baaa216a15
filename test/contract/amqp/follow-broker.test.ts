import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { connect } from 'amqplib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Broker, openBroker } from '../../../compose/wso2am/server/broker/open-broker.ts';
import { NoAnswer } from '../../../lab/probes/http-client.ts';
import { followBroker } from '../../../lab/probes/topics/follow-broker.ts';
import { listenToTopics, type TopicMessage } from '../../../lab/probes/topics/listen-to-topics.ts';
import { encodeJmsMap } from '../../../lab/product/map-message/jms-map.ts';
import { mapMessage, string } from '../../../lab/product/map-message/map-message.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';

const user = { username: 'admin', password: 'admin' };

const startBroker = async (port = 0): Promise<{ broker: Broker; server: Server; port: number }> => {
  const broker = openBroker({
    productVersion: '3.0.0',
    publisher: 'admin',
    authenticate: async (username, password) => username === user.username && password === user.password,
    warn: () => undefined,
  });
  const server = broker.plainServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await broker.close();
  });
  return { broker, server, port: (server.address() as AddressInfo).port };
};

const brokerAt = (port: number) => ({ node: 'tm-1', url: `amqp://127.0.0.1:${port}` });

/** What has happened, with a way to wait for what comes next. */
const record = <T>() => {
  const seen: T[] = [];
  let wake = (): void => undefined;
  const add = (each: T): void => {
    seen.push(each);
    wake();
  };
  const next = async (): Promise<T> => {
    for (;;) {
      const [first] = seen.splice(0, 1);
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { add, next };
};

const stopper = (): AbortController => {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  return controller;
};

describe('the listener of the harness', () => {
  it('hears both encodings on the topics it asked for, and says what it could not read', async () => {
    const { broker, port } = await startBroker();
    const { add, next } = record<TopicMessage>();
    const { signal } = stopper();
    await listenToTopics(brokerAt(port), { topics: ['throttleData', 'notification'], user, onMessage: add, signal });

    broker.publish('tokenRevocation', mapMessage({ revokedToken: string('t') }));
    broker.publish('throttleData', mapMessage({ throttleKey: string('k') }));
    expect(await next()).toMatchObject({ topic: 'throttleData', values: { throttleKey: 'k' } });

    const other = await connect(`amqp://admin:admin@127.0.0.1:${port}/%2Fcarbon`);
    onTestFinished(() => other.close());
    const channel = await other.createChannel();
    const body = encodeJmsMap(mapMessage({ eventType: string('API_CREATE') }));
    channel.publish('amq.topic', 'notification', body, { contentType: 'jms/map-message' });
    expect(await next()).toMatchObject({ topic: 'notification', values: { eventType: 'API_CREATE' } });
    channel.publish('amq.topic', 'notification', Buffer.from('hello'), { contentType: 'text/plain' });
    expect(await next()).toMatchObject({ values: {}, malformed: expect.stringContaining('text/plain') });
  });

  it('is refused with a wrong password', async () => {
    const { port } = await startBroker();
    const { signal } = stopper();
    const wrong = { username: 'admin', password: 'wrong' };
    const attempt = listenToTopics(brokerAt(port), { topics: [], user: wrong, onMessage: () => undefined, signal });
    await expect(attempt).rejects.toThrow(NoAnswer);
  });

  it('gives up on a port that accepts and is silent, as a stopped process leaves it', async () => {
    const port = await listenOnLoopback(createServer());
    const { signal } = stopper();
    const attempt = listenToTopics(brokerAt(port), { topics: [], user, onMessage: () => undefined, signal });
    await expect(attempt).rejects.toMatchObject({ timedOut: true });
  });

  it('comes back after a restart of the broker, and says so', async () => {
    const first = await startBroker();
    const { add, next } = record<string>();
    const stop = stopper();
    const following = followBroker(brokerAt(first.port), {
      topics: ['throttleData'],
      user,
      signal: stop.signal,
      onMessage: ({ values }) => add(`heard ${values.throttleKey}`),
      onListening: () => add('listening'),
      onLost: () => add('lost'),
    });
    expect(await next()).toBe('listening');
    first.server.close();
    await first.broker.close();
    expect(await next()).toBe('lost');

    const { broker } = await startBroker(first.port);
    expect(await next()).toBe('listening');
    broker.publish('throttleData', mapMessage({ throttleKey: string('k') }));
    expect(await next()).toBe('heard k');
    stop.abort();
    await following;
    await expect.poll(() => broker.statistics().connections).toBe(0);
  });
});
