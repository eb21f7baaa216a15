import { pause, type Timers } from '../timers.ts';
import type { BrokerUrl } from './broker-url.ts';
import { type ClientConnection, openConnection } from './client-connection.ts';
import { dial } from './dial.ts';

export type ConnectOptions = {
  readonly url: BrokerUrl;
  readonly timers: Timers;
  /** PEM; whom to trust over TLS. */
  readonly trusted: readonly string[];
  /** Ends the trying. */
  readonly signal: AbortSignal;
};

/**
 * Connects to the first broker of the list that takes us; each is tried once and then as often as its `retries` say. This is
 * fail-over inside one connection: there is never more than one (wire.md 5.7).
 * @throws Error why the last try failed
 */
export const connectToAny = async (options: ConnectOptions): Promise<ClientConnection> => {
  const { url, timers, signal } = options;
  let failure: unknown;
  for (const broker of url.brokers) {
    for (let attempt = 0; attempt <= broker.retries; attempt += 1) {
      signal.throwIfAborted();
      if (attempt > 0) await pause(broker.connectDelay, timers, signal);
      try {
        const connection = await openConnection(await dial(broker, options), url, timers);
        if (!signal.aborted) return connection;
        connection.close();
      } catch (cause) {
        failure = cause;
      }
    }
  }
  throw failure;
};
