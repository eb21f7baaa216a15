import type { CarbonContext } from '../carbon/context.ts';
import type { Database } from '../database/database.ts';
import { type Clock, type KeyManagerContext, keyManagerContext } from '../keymanager/context.ts';

/** What the REST webapps need of their node. */
export type RestContext = Pick<CarbonContext, 'version' | 'configuration' | 'properties' | 'users' | 'authenticator'> &
  Pick<CarbonContext, 'events' | 'log'> & {
    /** `apim_db` and `shared_db`: all state lives there, so that several nodes agree without talking to each other. */
    readonly apim: Database;
    readonly shared: Database;
    /** Tokens are checked in process, not by a call to the Key Manager (wire.md 7.3). */
    readonly keyManager: KeyManagerContext;
    readonly clock: Clock;
  };

/**
 * Takes from a node what its REST webapps need.
 * @throws Error where the node lacks one of the databases; ConfigurationError
 */
export const restContext = (carbon: CarbonContext, clock: Clock = Date.now): RestContext => {
  const { apim, shared } = carbon.databases;
  if (apim === undefined) throw new Error('The REST APIs need [database.apim_db]');
  if (shared === undefined) throw new Error('The REST APIs need [database.shared_db]');
  const { version, configuration, properties, users, authenticator, events, log } = carbon;
  const keyManager = keyManagerContext(carbon, clock);
  return { version, configuration, properties, users, authenticator, events, log, apim, shared, keyManager, clock };
};
