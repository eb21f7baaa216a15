import type { Statements } from '../../database/database.ts';
import type { Application } from '../model/application.ts';

/**
 * Gives an application to another user, and its OAuth clients with it: tokens that they get for themselves from now on are the
 * new owner's. Tokens that are out keep their user.
 * @throws DatabaseError `ER_DUP_ENTRY` where the new owner has an application of that name
 */
export const writeOwner = async (
  statements: Statements,
  rowId: number,
  { owner, subscriberId }: Pick<Application, 'owner' | 'subscriberId'>,
): Promise<void> => {
  await statements.execute('UPDATE AM_APPLICATION SET SUBSCRIBER_ID = ?, CREATED_BY = ? WHERE APPLICATION_ID = ?', [
    subscriberId,
    owner,
    rowId,
  ]);
  await statements.execute(
    `UPDATE IDN_OAUTH_CONSUMER_APPS c JOIN AM_APPLICATION_KEY_MAPPING m ON m.CONSUMER_KEY = c.CONSUMER_KEY
     SET c.USERNAME = ? WHERE m.APPLICATION_ID = ?`,
    [owner, rowId],
  );
  await statements.execute(
    `UPDATE SP_APP s JOIN SP_INBOUND_AUTH i ON i.APP_ID = s.ID AND i.INBOUND_AUTH_TYPE = 'oauth2'
     JOIN AM_APPLICATION_KEY_MAPPING m ON m.CONSUMER_KEY = i.INBOUND_AUTH_KEY
     SET s.USERNAME = ? WHERE m.APPLICATION_ID = ?`,
    [owner, rowId],
  );
};
