import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import { closeListeners } from './close-listeners.ts';
import type { CarbonContext } from './context.ts';
import type { PlannedServer } from './open-listeners.ts';

/** Milliseconds that running requests get to end, and then event traffic and databases each: five seconds in all. */
const DRAIN_LIMIT = 3_000;
const CLOSE_LIMIT = 1_000;

/** What takes leave of its peers by itself, within so many milliseconds. */
type Closable = { close(limit: number): Promise<void> };

/** Stops a node in the product's order and with its lines: transports, running requests, data sources. */
export const stopNode = async (
  context: CarbonContext,
  servers: readonly PlannedServer[],
  traffic: readonly Closable[],
): Promise<void> => {
  const manager = context.log('org.wso2.carbon.core.init.CarbonServerManager');
  const management = context.log('org.wso2.carbon.core.ServerManagement');
  manager.info('Shutdown hook triggered....');
  manager.info(`Gracefully shutting down ${VERSION_FACTS[context.version].serverName}...`);
  management.info('Starting to switch to maintenance mode...');
  management.info('Waiting for request service completion...');
  const drained = await closeListeners(
    servers.map(({ server }) => server),
    DRAIN_LIMIT,
  );
  await Promise.race([Promise.all(traffic.map((each) => each.close(CLOSE_LIMIT))), wait(CLOSE_LIMIT)]);
  management.info('Stopped all transport listeners');
  if (drained) management.info('All requests have been served.');
  else management.warn(`Requests that ran longer than ${DRAIN_LIMIT / 1000} s were cut off`);

  await Promise.race([closeDatabases(context), wait(CLOSE_LIMIT)]);
  manager.info('Shutdown complete');
  manager.info('Halting JVM');
};

const closeDatabases = ({ databases }: CarbonContext): Promise<unknown> =>
  Promise.allSettled([databases.apim?.close(), databases.shared?.close()]);

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
