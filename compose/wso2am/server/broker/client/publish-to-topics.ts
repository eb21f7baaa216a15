import type { MapMessage } from '../../../../../lab/product/map-message/map-message.ts';
import { systemTimers, type Timers } from '../timers.ts';
import { topicMessage } from '../topic-message.ts';
import { contentFrames } from '../wire/content.ts';
import { METHODS } from '../wire/methods.ts';
import { parseBrokerUrl } from './broker-url.ts';
import type { ClientConnection } from './client-connection.ts';
import { connectToAny } from './connect-to-any.ts';

export type TopicPublisherOptions = {
  /** As it stands in `jndi2.properties`: `amqp://admin:admin@clientid/carbon?brokerlist=...`. */
  readonly url: string;
  /** Hears why messages were lost. */
  readonly onLost: (cause: unknown) => void;
  /** PEM; whom to trust over TLS. */
  readonly trusted?: readonly string[];
  readonly timers?: Timers;
};

export type TopicPublisher = {
  /** Sends in the background, in order. A message is lost while the broker is away, as on any topic that is not durable. */
  publish(topic: string, message: MapMessage): void;
  close(): void;
};

const CHANNEL = 1;

/** Messages that may wait for a connection. */
const MOST_WAITING = 1_000;

/** Publishes to the topics of another node's broker; connects at the first message, and again at the first after a loss. */
export const topicPublisher = (options: TopicPublisherOptions): TopicPublisher => {
  const { onLost, trusted = [], timers = systemTimers } = options;
  const url = parseBrokerUrl(options.url);
  const stop = new AbortController();
  let connecting: Promise<ClientConnection> | undefined;
  let waiting = 0;

  const open = async (): Promise<ClientConnection> => {
    const connection = await connectToAny({ url, timers, trusted, signal: stop.signal });
    await connection.call(CHANNEL, METHODS.channelOpen.encode({ outOfBand: '' }), 'channelOpenOk');
    // Nothing is expected of the broker any more but its end.
    void untilEnd(connection).finally(forget);
    return connection;
  };
  const forget = (): void => {
    connecting = undefined;
  };
  const send = async (topic: string, message: MapMessage): Promise<void> => {
    connecting ??= open();
    const { sink, source } = await connecting;
    const { exchange, routingKey, ...content } = topicMessage(topic, message, url.username);
    const target = { ticket: 0, exchange, routingKey, mandatory: false, immediate: false };
    sink.frames(contentFrames(CHANNEL, METHODS.basicPublish.encode(target), content, source.frameMax));
  };

  return {
    publish: (topic, message) => {
      if (waiting >= MOST_WAITING) return onLost(new Error(`more than ${MOST_WAITING} messages wait`));
      waiting += 1;
      send(topic, message)
        .catch((cause: unknown) => {
          forget();
          if (!stop.signal.aborted) onLost(cause);
        })
        .finally(() => {
          waiting -= 1;
        });
    },
    close: () => {
      stop.abort();
      connecting?.then((connection) => connection.close()).catch(() => undefined);
    },
  };
};

const untilEnd = async ({ source }: ClientConnection): Promise<void> => {
  for (let batch = await source.batch(); batch; batch = await source.batch());
};
