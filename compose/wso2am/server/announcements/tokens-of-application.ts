import { z } from 'zod';
import type { Statements } from '../database/database.ts';

const row = z.object({ ACCESS_TOKEN: z.string() });

/** Active tokens of an application's clients; of a JWT its jti, by which no gateway knows it. @param rowId `APPLICATION_ID` */
export const tokensOfApplication = async (statements: Statements, rowId: number): Promise<readonly string[]> => {
  const rows = await statements.query(
    `SELECT t.ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN t
     JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID
     JOIN AM_APPLICATION_KEY_MAPPING m ON m.CONSUMER_KEY = c.CONSUMER_KEY
     WHERE m.APPLICATION_ID = ? AND t.TOKEN_STATE = 'ACTIVE'`,
    [rowId],
  );
  return rows.map((each) => row.parse(each).ACCESS_TOKEN);
};
