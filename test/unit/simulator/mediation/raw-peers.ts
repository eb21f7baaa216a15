import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listenOnLoopback } from '../loopback-server.ts';
import { endpointXml, PRODUCTION } from '../synapse/sample-artifacts.ts';
import type { GatewayUnderTest } from './gateway-under-test.ts';

/** Text as it was received so far, and the way to wait for more. */
export type Received = {
  text(): string;
  /** Resolves to all of it once it fits. */
  until(fits: RegExp): Promise<string>;
};

const received = (socket: Socket): Received & { readonly add: (text: string) => void } => {
  let text = '';
  socket.on('error', () => undefined);
  return {
    add: (more) => {
      text += more;
      socket.emit('received');
    },
    text: () => text,
    until: async (fits) => {
      while (!fits.test(text)) await once(socket, 'received');
      return text;
    },
  };
};

/** A client that writes bytes and sees every byte of the answers. */
export const rawClient = async (port: number): Promise<Received & { readonly socket: Socket }> => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const { add, ...seen } = received(socket);
  socket.on('data', (chunk: Buffer) => add(chunk.toString('latin1')));
  await once(socket, 'connect');
  return { ...seen, socket };
};

export type RawBackend = {
  readonly received: () => string;
  readonly connection: () => Promise<Received & { socket: Socket }>;
};

/**
 * A back end that is a socket, deployed as the production endpoint of the sample API.
 * @param react to what came so far on one connection
 */
export const startRawBackend = async (
  { artifacts }: Pick<GatewayUnderTest, 'artifacts'>,
  react: (socket: Socket, text: string) => void,
  settings = '',
): Promise<RawBackend> => {
  const connections: (Received & { readonly socket: Socket })[] = [];
  const server = createServer((socket) => {
    const { add, ...seen } = received(socket);
    connections.push({ ...seen, socket });
    server.emit('accepted');
    socket.on('data', (chunk) => {
      add(chunk.toString('latin1'));
      if (!socket.writableEnded) react(socket, seen.text());
    });
  });
  const port = await listenOnLoopback(server);
  await artifacts.endpoints.deploy(endpointXml(PRODUCTION, `http://127.0.0.1:${port}`, settings));
  return {
    received: () => connections.map((connection) => connection.text()).join(''),
    connection: async () => {
      const [first] = connections;
      if (first) return first;
      await once(server, 'accepted');
      return connections[0] ?? Promise.reject(new Error('no connection'));
    },
  };
};

/** The lines of a message's head, and its body. */
export const message = (lines: readonly string[], body = ''): string => `${lines.join('\r\n')}\r\n\r\n${body}`;
