import { Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Server } from 'node:net';

/**
 * Stops accepting at once, closes idle connections, and lets running HTTP requests end; other protocols are not waited for.
 * @param limit milliseconds after which what still runs is cut off
 * @returns whether all requests could end
 */
export const closeListeners = async (servers: readonly Server[], limit: number): Promise<boolean> => {
  const web = servers.filter(isWeb);
  for (const server of servers) if (!isWeb(server)) server.close();
  const closed = Promise.all(web.map(close)).then(() => true);
  // A connection becomes idle when its last answer is written; nobody tells, so it is looked at.
  const sweep = setInterval(() => {
    for (const server of web) server.closeIdleConnections();
  }, 50);
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limit);
  });

  const drained = await Promise.race([closed, expired]);
  clearInterval(sweep);
  clearTimeout(timer);
  for (const server of web) server.closeAllConnections();
  return drained;
};

const close = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));

const isWeb = (server: Server): server is HttpServer | HttpsServer =>
  server instanceof HttpServer || server instanceof HttpsServer;
