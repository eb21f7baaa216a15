import { z } from 'zod';
import type { Database, Statements } from '../../database/database.ts';
import { lockClient } from '../../keymanager/stores/clients.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import type { Application } from '../model/application.ts';
import type { ResidentKeys } from '../model/keys.ts';
import { lockApplication } from './applications.ts';
import { listKeys } from './keys.ts';

/**
 * Removes an application with its subscriptions, its keys, the clients that were made for it and all tokens of those. As in the product that is no
 * revocation, of which others would hear: the rows are gone (identity-inbound-auth-oauth 6.2.25, removal of a client).
 * @returns the tokens that were in use, for the gateways that may know them. All that is known of a JWT is its jti
 */
export const deleteApplication = (database: Database, { rowId }: Application): Promise<readonly string[]> =>
  retryWhenBeaten(() =>
    database.transaction(async (statements) => {
      if (!(await lockApplication(statements, rowId))) return [];
      const tokens: string[] = [];
      for (const { client, mode } of await listKeys(statements, rowId)) {
        if (client) tokens.push(...(await letGoOfClient(statements, { client, mode })));
      }
      await statements.execute('DELETE FROM AM_SUBSCRIPTION WHERE APPLICATION_ID = ?', [rowId]);
      // Key mappings and registrations go with it.
      await statements.execute('DELETE FROM AM_APPLICATION WHERE APPLICATION_ID = ?', [rowId]);
      return tokens;
    }),
  );

const tokenRow = z.object({ ACCESS_TOKEN: z.string() });

/** @returns the tokens in use of a client. One that was mapped stays. */
const letGoOfClient = async (
  statements: Statements,
  { client: { id, consumerKey }, mode }: Pick<ResidentKeys, 'client' | 'mode'>,
): Promise<string[]> => {
  await lockClient(statements, id);
  const rows = await statements.query(
    `SELECT ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN WHERE CONSUMER_KEY_ID = ? AND TOKEN_STATE = 'ACTIVE'`,
    [id],
  );
  const tokens = rows.map((found) => tokenRow.parse(found).ACCESS_TOKEN);
  if (mode === 'MAPPED') return tokens;
  // The service provider takes its binding along, the client its tokens and codes.
  await statements.execute(
    `DELETE p FROM SP_APP p JOIN SP_INBOUND_AUTH i ON i.APP_ID = p.ID
     WHERE i.INBOUND_AUTH_KEY = ? AND i.INBOUND_AUTH_TYPE = 'oauth2'`,
    [consumerKey],
  );
  await statements.execute('DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE ID = ?', [id]);
  return tokens;
};
