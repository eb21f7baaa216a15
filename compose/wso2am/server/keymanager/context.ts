import type { CarbonContext } from '../carbon/context.ts';
import type { Database } from '../database/database.ts';
import { type Signer, signerOf } from './issuers/sign-jwt.ts';
import { type OAuthSettings, oauthSettings } from './settings.ts';

/** Epoch milliseconds. */
export type Clock = () => number;

/** What the Key Manager's endpoints need of their node. */
export type KeyManagerContext = Pick<CarbonContext, 'version' | 'users' | 'authenticator' | 'events' | 'log'> & {
  /** `WSO2AM_DB`: all state lives there, so that several Key Managers agree without talking to each other. */
  readonly database: Database;
  readonly settings: OAuthSettings;
  readonly signer: Signer;
  readonly clock: Clock;
};

/**
 * Takes from a node what the Key Manager needs.
 * @throws Error where the node has no `apim_db`; ConfigurationError
 */
export const keyManagerContext = (carbon: CarbonContext, clock: Clock): KeyManagerContext => {
  const { apim: database } = carbon.databases;
  if (database === undefined) throw new Error('The OAuth2 webapps need [database.apim_db]');
  return {
    version: carbon.version,
    users: carbon.users,
    authenticator: carbon.authenticator,
    events: carbon.events,
    log: carbon.log,
    database,
    settings: oauthSettings(carbon.configuration, carbon.properties),
    signer: signerOf(carbon.primaryKey),
    clock,
  };
};
