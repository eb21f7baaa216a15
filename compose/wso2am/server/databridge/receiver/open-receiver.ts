import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Listener } from '../../../../../lab/product/ports.ts';
import type { TlsKey } from '../../carbon/key-stores.ts';
import type { Log } from '../../carbon/log.ts';
import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import type { StreamDefinition, StreamEvent } from '../stream-definition.ts';
import { answerRequest } from './answer-request.ts';
import { createConnections } from './connections.ts';
import { CONNECTION_LIMIT, HANDSHAKE_TIME } from './limits.ts';
import { createSessions } from './sessions.ts';

export type ReceiverParts = {
  /** By id: `streamsOf(version)`. */
  readonly streams: ReadonlyMap<string, StreamDefinition>;
  /** Whether the user may publish: log-in wants `/permission/admin/publish/wso2event` (wire.md 5.1). May reject. */
  readonly authenticate: (username: string, password: string) => Promise<boolean>;
  /** Takes each event, in the order of its sender, before the sender gets its answer. */
  readonly onEvent: (streamId: string, event: StreamEvent) => void;
  /** A logger under this Java class name, in full. */
  readonly log: (className: string) => Log;
};

export type ReceiverOptions = ReceiverParts & { readonly tls: TlsKey; readonly clock?: Clock };

/** The servers by listener, not listening yet: `openListeners` opens them. */
export type Receiver = Readonly<Record<Extract<Listener, `databridge${string}`>, Server>> & {
  /** Stops listening; requests in hand get their answer. What still runs after so many milliseconds is cut off. */
  close(limit: number): Promise<void>;
};

const CLASS = 'org.wso2.carbon.databridge.receiver.binary.internal.BinaryDataReceiver';

/** The binary event receiver of a node: two ports, one table of sessions (wire.md 5.1). */
export const openReceiver = ({ tls, clock = SYSTEM_CLOCK, ...parts }: ReceiverOptions): Receiver => {
  const log = parts.log(CLASS);
  const sessions = createSessions(clock);
  const connections = createConnections({
    clock,
    answer: (request) => answerRequest(request, parts, sessions),
    onBroken: (cause) => log.error(`Error while reading from the socket. ${cause.message}`),
  });

  const databridge = createServer(connections.accept);
  const databridgeTls = createTlsServer(
    { key: tls.privateKey, cert: tls.chain, handshakeTimeout: HANDSHAKE_TIME },
    connections.accept,
  );
  databridgeTls.on('tlsClientError', (cause: NodeJS.ErrnoException) => {
    // A port check connects and goes away, which is not worth a line; a peer that does not trust our certificate is.
    if (cause.code !== 'ECONNRESET') log.error(`Error while reading from the socket. ${cause.message}`);
  });
  for (const [server, transport] of [
    [databridge, 'TCP'],
    [databridgeTls, 'SSL'],
  ] as const) {
    server.maxConnections = CONNECTION_LIMIT;
    server.on('error', (cause) => {
      // Whoever opens the port hears why it does not open; what is told here is that a connection could not be taken.
      if (server.listening) log.warn(`Error while accepting the connection. ${cause.message}`);
    });
    server.on('listening', () => log.info(`Started Binary ${transport} Transport on port : ${portOf(server)}`));
  }

  return {
    databridge,
    databridgeTls,
    close: async (limit) => {
      log.info('Stopping Binary Server..');
      databridge.close();
      databridgeTls.close();
      await connections.close(limit);
      log.info('Successfully stopped Binary server');
    },
  };
};

const portOf = (server: Server): number | undefined => {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
};
