import { z } from 'zod';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../carbon/users/user-name.ts';
import type { Statements } from '../database/database.ts';

const row = z.object({ ACCESS_TOKEN: z.string() });

const tokensIn = (rows: readonly unknown[]): readonly string[] => rows.map((each) => row.parse(each).ACCESS_TOKEN);

/** Active tokens of an application's clients; of a JWT its jti, by which no gateway knows it. @param rowId `APPLICATION_ID` */
export const tokensOfApplication = async (statements: Statements, rowId: number): Promise<readonly string[]> =>
  tokensIn(
    await statements.query(
      `SELECT t.ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN t
       JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID
       JOIN AM_APPLICATION_KEY_MAPPING m ON m.CONSUMER_KEY = c.CONSUMER_KEY
       WHERE m.APPLICATION_ID = ? AND t.TOKEN_STATE = 'ACTIVE'`,
      [rowId],
    ),
  );

/** Active tokens of a user of the primary store, of whatever client. @param user without tenant */
export const tokensOfUser = async (statements: Statements, user: string): Promise<readonly string[]> =>
  tokensIn(
    await statements.query(
      `SELECT ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN
       WHERE AUTHZ_USER = ? AND TENANT_ID = ? AND USER_DOMAIN = ? AND TOKEN_STATE = 'ACTIVE'`,
      [user, SUPER_TENANT_ID, PRIMARY_DOMAIN],
    ),
  );
