import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Answer, decodeAnswer } from '../answers.ts';
import type { Clock } from '../clock.ts';
import { MalformedMessage } from '../malformed-message.ts';
import type { ServerUrl } from './server-url.ts';

/** A connection to a receiver: one request, then its answer, then the next. */
export type ClientConnection = {
  readonly alive: boolean;
  /** Rejects when the connection breaks, or no answer comes in time; the connection is closed then. */
  request(frame: Buffer): Promise<Answer>;
  close(): void;
};

export type Dialling = {
  /** PEM; whom this node trusts. */
  readonly trusted: readonly string[];
  readonly clock: Clock;
  /** Closes the connection, or ends the attempt. */
  readonly signal: AbortSignal;
};

/** Milliseconds for connecting, and again for every answer (wire.md 5.2, data-agent's socket time-out). */
const SOCKET_TIME = 30_000;

/** Connects, over TLS where the URL says `ssl`. Rejects when that fails or takes too long. */
export const openConnection = async (url: ServerUrl, dialling: Dialling): Promise<ClientConnection> => {
  const socket = dial(url, dialling.trusted);
  socket.setNoDelay(true);
  const abort = (): void => void socket.destroy(new Error('The agent is shut down'));
  if (dialling.signal.aborted) abort();
  dialling.signal.addEventListener('abort', abort);
  socket.once('close', () => dialling.signal.removeEventListener('abort', abort));
  const connection = converse(socket, dialling.clock);
  await connected(socket, url, dialling.clock);
  return connection;
};

/**
 * The agent opens plain Java sockets: the chain must lead to a certificate in the trust store, any of them, a leaf as well;
 * the host name is not compared (carbon-analytics-common, BinarySecureClientPoolFactory).
 */
const dial = ({ secure, host, port }: ServerUrl, trusted: readonly string[]): Socket => {
  const address = host.replace(/^\[|\]$/g, '');
  if (!secure) return connect(port, address);
  return connectTls({
    host: address,
    port,
    ...(isIP(address) === 0 && { servername: address }),
    ca: [...trusted],
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  });
};

const connected = (socket: Socket, { secure, text }: ServerUrl, clock: Clock): Promise<void> =>
  new Promise((resolve, reject) => {
    const callOff = clock.after(SOCKET_TIME, () => socket.destroy(new Error('connect timed out')));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      callOff();
      resolve();
    });
    socket.once('error', (cause) => reject(new Error(`Error while opening socket to ${text}. ${cause.message}`)));
    socket.once('close', () => {
      callOff();
      reject(new Error(`Error while opening socket to ${text}. Connection closed`));
    });
  });

type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (cause: Error) => void };

const converse = (socket: Socket, clock: Clock): ClientConnection => {
  let received: Buffer = Buffer.alloc(0);
  let waiting: Waiting | undefined;
  let failure = new Error('Connection closed from remote end.');

  const accept = (chunk: Buffer): void => {
    if (waiting === undefined) throw new MalformedMessage('An answer that nobody asked for');
    received = Buffer.concat([received, chunk]);
    const decoded = decodeAnswer(received);
    if (decoded === undefined) return;
    received = received.subarray(decoded.size);
    if (received.length > 0) throw new MalformedMessage('More than one answer to a request');
    waiting.resolve(decoded.answer);
    waiting = undefined;
  };

  socket.on('data', (chunk: Buffer) => {
    try {
      accept(chunk);
    } catch (cause) {
      socket.destroy(cause instanceof Error ? cause : new Error(String(cause)));
    }
  });
  socket.on('error', (cause) => {
    failure = cause;
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => waiting?.reject(failure));

  return {
    get alive() {
      return !socket.destroyed;
    },
    request: async (frame) => {
      if (socket.destroyed) throw failure;
      const callOff = clock.after(SOCKET_TIME, () => socket.destroy(new Error('Read timed out')));
      try {
        return await new Promise<Answer>((resolve, reject) => {
          waiting = { resolve, reject };
          socket.write(frame);
        });
      } finally {
        callOff();
      }
    },
    close: () => void socket.destroy(),
  };
};
