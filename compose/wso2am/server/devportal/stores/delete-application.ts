import { z } from 'zod';
import type { Database, Statements } from '../../database/database.ts';
import { lockClient, type OAuthClient } from '../../keymanager/stores/clients.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import type { Application } from '../model/application.ts';
import { lockApplication } from './applications.ts';
import { listKeys } from './keys.ts';

/**
 * Removes an application with its subscriptions, its keys, their clients and all tokens of those. As in the product that is no
 * revocation, of which others would hear: the rows are gone (identity-inbound-auth-oauth 6.2.25, removal of a client).
 * @returns the tokens that were in use, for the gateways that may know them. All that is known of a JWT is its jti
 */
export const deleteApplication = (database: Database, { rowId }: Application): Promise<readonly string[]> =>
  retryWhenBeaten(() =>
    database.transaction(async (statements) => {
      if (!(await lockApplication(statements, rowId))) return [];
      const tokens: string[] = [];
      for (const { client } of await listKeys(statements, rowId)) {
        tokens.push(...(await deleteClient(statements, client)));
      }
      await statements.execute('DELETE FROM AM_SUBSCRIPTION WHERE APPLICATION_ID = ?', [rowId]);
      // Key mappings and registrations go with it.
      await statements.execute('DELETE FROM AM_APPLICATION WHERE APPLICATION_ID = ?', [rowId]);
      return tokens;
    }),
  );

const tokenRow = z.object({ ACCESS_TOKEN: z.string() });

const deleteClient = async (statements: Statements, { id, consumerKey }: OAuthClient): Promise<string[]> => {
  await lockClient(statements, id);
  const rows = await statements.query(
    `SELECT ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN WHERE CONSUMER_KEY_ID = ? AND TOKEN_STATE = 'ACTIVE'`,
    [id],
  );
  // The service provider takes its binding along, the client its tokens and codes.
  await statements.execute(
    `DELETE p FROM SP_APP p JOIN SP_INBOUND_AUTH i ON i.APP_ID = p.ID
     WHERE i.INBOUND_AUTH_KEY = ? AND i.INBOUND_AUTH_TYPE = 'oauth2'`,
    [consumerKey],
  );
  await statements.execute('DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE ID = ?', [id]);
  return rows.map((found) => tokenRow.parse(found).ACCESS_TOKEN);
};
