import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { MapMessage } from '../../../../lab/product/map-message/map-message.ts';
import { LIMITS, PATIENCE } from './limits.ts';
import { logDrops } from './log-drops.ts';
import { VirtualHost } from './routing/virtual-host.ts';
import { Connection } from './session/connection.ts';
import type { AuthenticateUser } from './session/negotiate.ts';
import { systemTimers, type Timers } from './timers.ts';
import { topicMessage } from './topic-message.ts';

export type BrokerOptions = {
  /** Version of the product, shown to clients. */
  readonly productVersion: string;
  readonly authenticate: AuthenticateUser;
  /** In whose name this node itself publishes: `user-id` of its messages. */
  readonly publisher: string;
  readonly warn: (text: string, cause?: unknown) => void;
  /** Seconds offered to clients; the product's default is 0, none (wire.md 5.7). */
  readonly heartbeat?: number;
  readonly timers?: Timers;
};

/** Both PEM. */
export type BrokerTls = { readonly privateKey: string; readonly chain: string };

export type BrokerStatistics = {
  readonly connections: number;
  readonly queues: number;
  /** Messages and bytes that wait in queues. */
  readonly messages: number;
  readonly bytes: number;
};

/** The message broker of a node: topics for decisions, revocations and notifications (wire.md 5.7). */
export type Broker = {
  /** A server for the plain port; it does not listen yet. */
  plainServer(): Server;
  /** A server for the TLS port; it does not listen yet. */
  tlsServer(tls: BrokerTls): Server;
  /** Sends a MapMessage to whoever listens to the topic now, on this node or another. */
  publish(topic: string, message: MapMessage): void;
  statistics(): BrokerStatistics;
  /** Says goodbye to every client, and resolves when they are gone; it takes a few seconds at most. Servers stay the caller's. */
  close(): Promise<void>;
};

/** Milliseconds that a TLS handshake may take. */
const TLS_HANDSHAKE = PATIENCE.handshake;

export const openBroker = (options: BrokerOptions): Broker => {
  const timers = options.timers ?? systemTimers;
  const virtualHost = new VirtualHost(logDrops(options.warn));
  const connections = new Map<Connection, Promise<void>>();

  const serve = (socket: Socket): void => {
    const connection = new Connection(socket, {
      virtualHost,
      timers,
      authenticate: options.authenticate,
      heartbeat: options.heartbeat ?? 0,
      productVersion: options.productVersion,
      onFault: (peer, text, cause) => options.warn(`AMQP connection of ${peer} ended: ${text}`, cause),
    });
    connections.set(
      connection,
      connection.serve().finally(() => connections.delete(connection)),
    );
  };
  const limited = <S extends Server>(server: S): S => {
    server.maxConnections = LIMITS.connections;
    return server;
  };

  return {
    plainServer: () => limited(createServer({ highWaterMark: LIMITS.writeAhead }, serve)),
    tlsServer: ({ privateKey, chain }) => {
      const server = createTlsServer({ key: privateKey, cert: chain, handshakeTimeout: TLS_HANDSHAKE }, serve);
      // A port check, or a client that speaks plain AMQP to the wrong port.
      server.on('tlsClientError', (_cause, socket) => socket.destroy());
      return limited(server);
    },
    publish: (topic, message) => void virtualHost.publish(topicMessage(topic, message, options.publisher)),
    statistics: () => {
      const queues = [...virtualHost.queues];
      return {
        connections: connections.size,
        queues: queues.length,
        messages: queues.reduce((sum, queue) => sum + queue.messageCount, 0),
        bytes: queues.reduce((sum, queue) => sum + queue.bytes, 0),
      };
    },
    close: async () => {
      for (const connection of connections.keys()) connection.close();
      await Promise.all(connections.values());
    },
  };
};
