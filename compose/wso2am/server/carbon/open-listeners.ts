import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';
import { LISTENERS, type Listener } from '../../../../lab/product/ports.ts';
import { StartFailure } from './start-failure.ts';

/** One port of a node and the server behind it, not listening yet. */
export type PlannedServer = {
  readonly listener: Listener;
  readonly port: number;
  readonly server: Server | HttpServer;
};

const CLASS = 'org.wso2.carbon.tomcat.internal.ServerManager';

/**
 * Lets all servers listen, in their order. When one cannot, those before it are closed again, so that a failed start leaves no
 * port behind.
 * @throws StartFailure naming the port and why
 */
export const openListeners = async (servers: readonly PlannedServer[], address = '0.0.0.0'): Promise<void> => {
  const opened: PlannedServer[] = [];
  for (const planned of servers) {
    try {
      await listen(planned, address);
      opened.push(planned);
    } catch (cause) {
      for (const { server } of opened) server.close();
      throw new StartFailure(CLASS, failureText(planned, cause), cause);
    }
  }
};

const listen = ({ server, port }: PlannedServer, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });

const failureText = ({ listener, port }: PlannedServer, cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason = code === 'EADDRINUSE' ? 'Address already in use (Bind failed)' : String(cause);
  return `Failed to start the listener on port ${port} (${LISTENERS[listener].title}): ${reason}`;
};
