import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelModel } from 'amqplib';
import { routingKeyOf, TOPIC_EXCHANGE, type Topic, VIRTUAL_HOST } from '../../product/topics.ts';
import { NoAnswer } from '../http-client.ts';
import type { TopicBroker } from './brokers.ts';
import { type MessageContent, readMessage } from './read-message.ts';

/** What a topic told. */
export type TopicMessage = MessageContent & {
  /** When it arrived, epoch milliseconds. */
  readonly at: number;
  readonly topic: Topic;
};

export type TopicSubscription = {
  readonly topics: readonly Topic[];
  readonly user: { readonly username: string; readonly password: string };
  readonly onMessage: (message: TopicMessage) => void;
  /** Ends the connection, also while it is being made. */
  readonly signal: AbortSignal;
};

/** A subscription that stands. */
export type TopicListener = {
  /** Resolves when the connection has ended, with what ended it. */
  readonly ended: Promise<string>;
};

/** Milliseconds from the first byte to the last subscription. */
const PATIENCE = 10_000;

/** Seconds; a broker that is silent for two of these is gone, though its port may still be open. */
const HEARTBEAT = 2;

/** Milliseconds that a broker gets to answer a good-bye. */
const GRACE = 500;

/**
 * Subscribes to topics of one broker as a gateway does: an exclusive queue for each, bound to `amq.topic` (wire.md 5.7).
 * Messages are heard from the moment that the promise resolves.
 * @throws NoAnswer
 */
export const listenToTopics = async (
  { node, url }: TopicBroker,
  subscription: TopicSubscription,
): Promise<TopicListener> => {
  const { user, signal } = subscription;
  // Only those who listen pay for reading the package.
  const { default: amqplib } = await import('amqplib');
  const { hostname, port } = new URL(url);
  const late = AbortSignal.timeout(PATIENCE);
  const cut = new AbortController();
  const cutOff = () => cut.abort();
  for (const each of [late, signal]) each.addEventListener('abort', cutOff);
  if (signal.aborted) cutOff();
  try {
    const address = { hostname, port: Number(port), vhost: VIRTUAL_HOST, ...user, heartbeat: HEARTBEAT };
    const socket = { noDelay: true, timeout: PATIENCE, signal: cut.signal };
    const connection = await amqplib.connect(address, socket);
    const ended = endOf(connection);
    const broken = ended.then((why): never => {
      throw new Error(why);
    });
    await Promise.race([subscribe(connection, subscription), broken]);
    broken.catch(() => undefined);
    const leave = () => void sayGoodBye(connection).finally(cutOff);
    signal.addEventListener('abort', leave);
    void ended.then(() => signal.removeEventListener('abort', leave));
    return { ended };
  } catch (error) {
    cut.abort();
    if (late.aborted) throw new NoAnswer(`no subscription at ${url} of ${node} within ${PATIENCE} ms`, true);
    throw new NoAnswer(`${url} of ${node}: ${error instanceof Error ? error.message : String(error)}`, false);
  } finally {
    for (const each of [late, signal]) each.removeEventListener('abort', cutOff);
  }
};

const endOf = (connection: ChannelModel): Promise<string> =>
  new Promise((resolve) => {
    connection.on('error', ({ message }) => resolve(message));
    connection.on('close', (error) => resolve(error?.message ?? 'closed'));
  });

const subscribe = async (
  connection: ChannelModel,
  { topics, onMessage }: Pick<TopicSubscription, 'topics' | 'onMessage'>,
): Promise<void> => {
  const channel = await connection.createChannel();
  // What ends the channel makes the subscription worthless, and the connection with it.
  channel.on('error', () => void connection.close().catch(() => undefined));
  for (const topic of topics) {
    const queue = `tmp_apim_lab_${randomUUID()}`;
    await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false });
    await channel.bindQueue(queue, TOPIC_EXCHANGE, routingKeyOf(topic));
    await channel.consume(queue, (delivery) => {
      if (!delivery) return;
      channel.ack(delivery);
      onMessage({ at: Date.now(), topic, ...readMessage(delivery.properties.contentType, delivery.content) });
    });
  }
};

const sayGoodBye = (connection: ChannelModel): Promise<unknown> =>
  Promise.race([connection.close().catch(() => undefined), delay(GRACE, undefined, { ref: false })]);
