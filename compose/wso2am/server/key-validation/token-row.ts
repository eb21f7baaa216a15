import { z } from 'zod';
import type { Statements } from '../database/database.ts';
import type { Lifetime } from '../keymanager/expiry.ts';
import { tokenHash } from '../keymanager/stores/token-hash.ts';
import { scopesOf } from '../keymanager/stores/tokens.ts';

/** What validation needs of an opaque token. */
export type TokenRow = {
  readonly consumerKey: string;
  /** Without tenant. */
  readonly user: string;
  /** `APPLICATION` or `APPLICATION_USER`. */
  readonly userType: string;
  readonly active: boolean;
  readonly lifetime: Lifetime;
  readonly scopes: readonly string[];
};

const rowSchema = z.object({
  TOKEN_ID: z.string(),
  CONSUMER_KEY: z.string(),
  AUTHZ_USER: z.string(),
  USER_TYPE: z.string().nullable(),
  TOKEN_STATE: z.string(),
  TIME_CREATED: z.date(),
  VALIDITY_PERIOD: z.coerce.number(),
});

/** The token with this value, in whatever state. */
export const findToken = async (statements: Statements, accessToken: string): Promise<TokenRow | undefined> => {
  const [found] = await statements.query(
    `SELECT t.TOKEN_ID, c.CONSUMER_KEY, t.AUTHZ_USER, t.USER_TYPE, t.TOKEN_STATE, t.TIME_CREATED, t.VALIDITY_PERIOD
     FROM IDN_OAUTH2_ACCESS_TOKEN t JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID
     WHERE t.ACCESS_TOKEN_HASH = ? LIMIT 1`,
    [tokenHash(accessToken)],
  );
  if (!found) return undefined;
  const row = rowSchema.parse(found);
  return {
    consumerKey: row.CONSUMER_KEY,
    user: row.AUTHZ_USER,
    userType: row.USER_TYPE ?? '',
    active: row.TOKEN_STATE === 'ACTIVE',
    lifetime: { issuedAt: row.TIME_CREATED.getTime(), validity: row.VALIDITY_PERIOD },
    scopes: await scopesOf(statements, row.TOKEN_ID),
  };
};
