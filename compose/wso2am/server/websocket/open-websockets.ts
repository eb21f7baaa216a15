import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Listener } from '../../../../lab/product/ports.ts';
import type { KeyStores } from '../carbon/key-stores.ts';
import { type AcceptParts, acceptConnection, type Connection } from './accept-connection.ts';

/** The listeners for WebSocket APIs (9099, 8099) and what is connected to them. */
export type WebSockets = {
  readonly servers: Readonly<Partial<Record<Listener, Server>>>;
  /** Takes leave of both sides of each connection; after `limit` milliseconds what is left is cut off. */
  close(limit: number): Promise<void>;
};

/** Milliseconds from a connection to its complete request. */
const REQUEST_LIMIT = 10_000;

/** Milliseconds of silence after which the system asks whether the peer is still there. The product has no limit for idle ones. */
const KEEP_ALIVE = 60_000;

/** Bytes of a request's header at most: netty's for the line and the fields (?). */
const HEADER_LIMIT = 16_384;

/** What a client hears when the node stops (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;

/** The servers, not listening yet. They are no HTTP servers to whoever stops them: connections that stay open are not waited for. */
export const openWebSockets = (parts: AcceptParts, { tls }: Pick<KeyStores, 'tls'>): WebSockets => {
  const sockets = new Set<Socket>();
  const connections = new Set<Connection>();
  const deadlines = new WeakMap<object, NodeJS.Timeout>();

  const http = createHttpServer({ maxHeaderSize: HEADER_LIMIT }, (_request, response) => {
    response.writeHead(400, { Connection: 'close', 'Content-Type': 'text/plain' }).end('not a WebSocket handshake');
  });
  http.on('upgrade', (request, socket, head) => {
    clearTimeout(deadlines.get(socket));
    socket.on('error', () => socket.destroy());
    acceptConnection(parts, request, socket, head).then(
      (connection) => {
        if (!connection) return;
        connections.add(connection);
        connection.client.once('close', () => connections.delete(connection));
      },
      (cause: unknown) => {
        parts.log.error('Error while opening a connection', cause);
        socket.destroy();
      },
    );
  });

  const welcome = (socket: Socket): void => {
    sockets.add(socket);
    socket.setKeepAlive(true, KEEP_ALIVE);
    const deadline = setTimeout(() => socket.destroy(), REQUEST_LIMIT);
    deadlines.set(socket, deadline);
    socket.once('close', () => {
      clearTimeout(deadline);
      sockets.delete(socket);
    });
    http.emit('connection', socket);
  };
  const secure = { key: tls.privateKey, cert: tls.chain, handshakeTimeout: REQUEST_LIMIT };
  return {
    servers: { ws: createServer(welcome), wss: createTlsServer(secure, welcome) },
    close: async (limit) => {
      const left = [...sockets].map((socket) => new Promise((resolve) => void socket.once('close', resolve)));
      for (const { client, backend } of connections) {
        client.close(GOING_AWAY);
        backend.close(GOING_AWAY);
      }
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, limit);
      await Promise.all(left);
      clearTimeout(timer);
    },
  };
};
