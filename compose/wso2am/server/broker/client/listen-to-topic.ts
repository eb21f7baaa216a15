import { pause, systemTimers, type Timers } from '../timers.ts';
import { type BrokerUrl, parseBrokerUrl } from './broker-url.ts';
import type { ClientConnection } from './client-connection.ts';
import { connectToAny } from './connect-to-any.ts';
import { retryWaits } from './retry-waits.ts';
import { type Listening, subscribe } from './subscribe.ts';

/** Part of `Log` that a listener writes to. */
export type ListenerLog = {
  info(text: string): void;
  error(text: string, cause?: unknown): void;
};

export type TopicListenerOptions = {
  /** As it stands in `jndi.properties`: `amqp://admin:admin@clientid/carbon?brokerlist=...`. */
  readonly url: string;
  readonly topic: string;
  readonly onMessage: Listening['onMessage'];
  /** Of `org.wso2.carbon.apimgt.jms.listener.utils.JMSListener`. */
  readonly log: ListenerLog;
  /** PEM; whom to trust over TLS. */
  readonly trusted?: readonly string[];
  readonly timers?: Timers;
};

export type TopicListener = {
  /** Resolves once it listens, with true, or once its first attempt has failed. */
  readonly tried: Promise<boolean>;
  /** Resolves once it listens for the first time. */
  readonly listening: Promise<void>;
  /** Resolves when the listener is gone; it writes no more lines. */
  stop(): Promise<void>;
};

/**
 * Listens to a topic for as long as the node runs: tests the broker with a connection of its own, opens the real one, and begins
 * anew when that is lost, with the product's waits and log lines (wire.md 5.12). Never fails: a gateway starts without a broker.
 * @throws Error a URL that is none
 */
export const listenToTopic = (options: TopicListenerOptions): TopicListener => {
  const stop = new AbortController();
  const timers = options.timers ?? systemTimers;
  const work = new ListenerWork(options, parseBrokerUrl(options.url), timers, stop.signal);
  const done = work.run().catch((cause: unknown) => {
    if (!stop.signal.aborted) options.log.error(`The listener of topic ${options.topic} ended`, cause);
  });
  return {
    tried: work.tried,
    listening: work.listening,
    stop: () => {
      stop.abort();
      return done;
    },
  };
};

/** The thread of one topic. */
class ListenerWork {
  readonly #options: TopicListenerOptions;
  readonly #name: string;
  readonly #url: BrokerUrl;
  readonly #timers: Timers;
  readonly #signal: AbortSignal;
  readonly tried: Promise<boolean>;
  readonly listening: Promise<void>;
  #hasTried: (listens: boolean) => void = () => undefined;
  #listens: () => void = () => undefined;

  constructor(options: TopicListenerOptions, url: BrokerUrl, timers: Timers, signal: AbortSignal) {
    this.#options = options;
    this.#name = `Siddhi-JMS-Consumer#${options.topic}`;
    this.#url = url;
    this.#timers = timers;
    this.#signal = signal;
    this.tried = new Promise((resolve) => {
      this.#hasTried = resolve;
    });
    this.listening = new Promise((resolve) => {
      this.#listens = resolve;
    });
    signal.addEventListener('abort', () => this.#hasTried(false), { once: true });
  }

  async run(): Promise<never> {
    const { log, topic } = this.#options;
    log.info(`Starting jms topic consumer thread for the ${topic} topic...`);
    await this.#awaitProvider();
    let receive = await this.#tryToSubscribe();
    this.#hasTried(receive !== undefined);
    if (receive) log.info(`Started to listen on destination : ${topic} of type topic for listener ${this.#name}`);
    for (;;) {
      const reason = receive ? await receive().catch(textOf) : 'the subscription could not be made';
      this.#signal.throwIfAborted();
      log.error(`JMS Connection failed : ${reason} - shutting down worker tasks`);
      receive = await this.#reconnect();
    }
  }

  /** The test before the first use: a connection that is opened and closed, until one can be. */
  async #awaitProvider(): Promise<void> {
    const { log } = this.#options;
    const waits = retryWaits();
    for (let attempt = 1; ; attempt += 1) {
      const probe = await this.#connect().catch(() => undefined);
      probe?.close();
      this.#signal.throwIfAborted();
      if (probe) {
        log.info(`Connection attempt: ${attempt} for JMS Provider for listener: ${this.#name} was successful!`);
        return;
      }
      this.#hasTried(false);
      log.error(
        'Unable to continue server startup as it seems the JMS Provider is not yet started. Please start the JMS provider now.',
      );
      const { announcedSeconds, milliseconds } = waits.next().value;
      log.error(`Connection attempt : ${attempt} for JMS Provider failed. Next retry in ${announcedSeconds} seconds`);
      await pause(milliseconds, this.#timers, this.#signal);
    }
  }

  async #reconnect(): Promise<() => Promise<never>> {
    const { log } = this.#options;
    const waits = retryWaits();
    for (let attempt = 1; ; attempt += 1) {
      log.info(`Reconnection attempt : ${attempt} for ${this.#name}`);
      const receive = await this.#tryToSubscribe();
      this.#signal.throwIfAborted();
      if (receive) {
        log.info(`Reconnection attempt: ${attempt} for ${this.#name} was successful!`);
        return receive;
      }
      const { announcedSeconds, milliseconds } = waits.next().value;
      log.error(
        `Reconnection attempt : ${attempt} for ${this.#name} failed. Next retry in ${announcedSeconds} seconds`,
      );
      await pause(milliseconds, this.#timers, this.#signal);
    }
  }

  async #tryToSubscribe(): Promise<(() => Promise<never>) | undefined> {
    const connection = await this.#connect().catch(() => undefined);
    if (!connection) return undefined;
    const hangUp = (): void => connection.close();
    this.#signal.addEventListener('abort', hangUp, { once: true });
    const onEnd = (): void => this.#signal.removeEventListener('abort', hangUp);
    try {
      const receive = await subscribe(connection, {
        topic: this.#options.topic,
        onMessage: this.#options.onMessage,
        onFailure: (cause) => this.#options.log.error('Error while processing a message of the topic', cause),
      });
      this.#listens();
      return () => receive().finally(onEnd).finally(hangUp);
    } catch {
      onEnd();
      hangUp();
      return undefined;
    }
  }

  #connect(): Promise<ClientConnection> {
    const { trusted = [] } = this.#options;
    return connectToAny({ url: this.#url, timers: this.#timers, trusted, signal: this.#signal });
  }
}

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
