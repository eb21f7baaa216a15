import { z } from 'zod';
import type { RevokedToken } from '../../carbon/events.ts';
import type { Database, Statements } from '../../database/database.ts';
import { qualifiedName } from '../../keymanager/qualified-name.ts';
import { lockClient, type OAuthClient } from '../../keymanager/stores/clients.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import type { Application } from '../model/application.ts';
import { lockApplication } from './applications.ts';
import { listKeys } from './keys.ts';

/**
 * Removes an application with its subscriptions, its keys, their clients and all tokens of those.
 * @returns the tokens that were in use, for the gateways that may know them. As after a revocation by refresh token, all that
 * is known of a JWT is its jti
 */
export const deleteApplication = (database: Database, { rowId }: Application): Promise<readonly RevokedToken[]> =>
  retryWhenBeaten(() =>
    database.transaction(async (statements) => {
      if (!(await lockApplication(statements, rowId))) return [];
      const revoked: RevokedToken[] = [];
      for (const { client } of await listKeys(statements, rowId)) {
        revoked.push(...(await deleteClient(statements, client)));
      }
      await statements.execute('DELETE FROM AM_SUBSCRIPTION WHERE APPLICATION_ID = ?', [rowId]);
      // Key mappings and registrations go with it.
      await statements.execute('DELETE FROM AM_APPLICATION WHERE APPLICATION_ID = ?', [rowId]);
      return revoked;
    }),
  );

const tokenRow = z.object({ ACCESS_TOKEN: z.string(), AUTHZ_USER: z.string() });

const deleteClient = async (statements: Statements, { id, consumerKey }: OAuthClient): Promise<RevokedToken[]> => {
  await lockClient(statements, id);
  const rows = await statements.query(
    `SELECT ACCESS_TOKEN, AUTHZ_USER FROM IDN_OAUTH2_ACCESS_TOKEN WHERE CONSUMER_KEY_ID = ? AND TOKEN_STATE = 'ACTIVE'`,
    [id],
  );
  // The service provider takes its binding along, the client its tokens and codes.
  await statements.execute(
    `DELETE p FROM SP_APP p JOIN SP_INBOUND_AUTH i ON i.APP_ID = p.ID
     WHERE i.INBOUND_AUTH_KEY = ? AND i.INBOUND_AUTH_TYPE = 'oauth2'`,
    [consumerKey],
  );
  await statements.execute('DELETE FROM IDN_OAUTH_CONSUMER_APPS WHERE ID = ?', [id]);
  return rows.map((found) => {
    const { ACCESS_TOKEN: token, AUTHZ_USER: user } = tokenRow.parse(found);
    return { token, tokenType: 'DEFAULT', expiryTime: 0, consumerKey, user: qualifiedName(user) };
  });
};
