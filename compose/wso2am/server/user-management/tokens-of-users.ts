import * as z from 'zod/mini';
import { SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../carbon/users/user-name.ts';
import type { Statements } from '../database/database.ts';

const row = z.object({ ACCESS_TOKEN: z.string() });

const WHOSE = 'AUTHZ_USER = ? AND TENANT_ID = ? AND USER_DOMAIN = ?';
const valuesOf = (user: string) => [user, SUPER_TENANT_ID, PRIMARY_DOMAIN] as const;

/** Active tokens of users, of whatever client; of a JWT its jti, by which no gateway knows it. @param users without tenant */
export const tokensOfUsers = async (statements: Statements, users: readonly string[]): Promise<readonly string[]> => {
  const tokens: string[] = [];
  for (const user of users) {
    const sql = `SELECT ACCESS_TOKEN FROM IDN_OAUTH2_ACCESS_TOKEN WHERE ${WHOSE} AND TOKEN_STATE = 'ACTIVE'`;
    const rows = await statements.query(sql, valuesOf(user));
    tokens.push(...rows.map((each) => z.parse(row, each).ACCESS_TOKEN));
  }
  return tokens;
};

/**
 * Takes all tokens of users out of use. As in the product that is done to the rows, and nobody is told
 * (identity-inbound-auth-oauth 6.2.25, listener of user operations); which there goes no further than the first client.
 */
export const revokeTokensOfUsers = async (statements: Statements, users: readonly string[]): Promise<void> => {
  for (const user of users) {
    // The state's own id keeps CON_APP_KEY unique among former tokens.
    await statements.execute(
      `UPDATE IDN_OAUTH2_ACCESS_TOKEN SET TOKEN_STATE = 'REVOKED', TOKEN_STATE_ID = UUID()
       WHERE ${WHOSE} AND TOKEN_STATE IN ('ACTIVE', 'EXPIRED')`,
      valuesOf(user),
    );
  }
};
