import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Timers } from '../timers.ts';
import type { BrokerAddress } from './broker-url.ts';

export type DialOptions = {
  readonly timers: Timers;
  /** PEM; whom to trust over TLS. */
  readonly trusted: readonly string[];
};

/** Milliseconds for a connection to stand; without a limit a dropped packet costs minutes. */
const CONNECT_LIMIT = 10_000;

/**
 * A connected socket. Over TLS the name must fit, as the product's default hostname verification has it (?).
 * @throws Error why not
 */
export const dial = ({ host, port, tls }: BrokerAddress, { timers, trusted }: DialOptions): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = tls ? connectTls({ host, port, servername: host, ca: [...trusted] }) : connect({ host, port });
    const stopWaiting = timers.after(CONNECT_LIMIT, () => socket.destroy(new Error(`${host}:${port} does not answer`)));
    const fail = (cause: Error): void => {
      stopWaiting();
      reject(cause);
    };
    socket.once('error', fail);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      stopWaiting();
      socket.off('error', fail);
      // From here on the frames end with the socket; an error that nobody hears would end the process.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
