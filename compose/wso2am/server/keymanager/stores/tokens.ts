import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../../carbon/users/user-name.ts';
import type { Row, Statements } from '../../database/database.ts';
import type { Lifetime } from '../expiry.ts';
import type { OAuthClient } from './clients.ts';
import { tokenHash } from './token-hash.ts';

export type TokenState = 'ACTIVE' | 'EXPIRED' | 'INACTIVE' | 'REVOKED';

/** A row of IDN_OAUTH2_ACCESS_TOKEN. */
export type StoredToken = {
  readonly tokenId: string;
  /** An opaque token itself, of a JWT its `jti`. */
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly consumerKey: string;
  /** Without tenant. */
  readonly user: string;
  readonly state: TokenState;
  readonly access: Lifetime;
  readonly refresh: Lifetime;
};

/** Scopes decide with client and user which token is the same one (CON_APP_KEY). They are sorted. */
export type TokenKey = { readonly client: OAuthClient; readonly user: string; readonly scopes: readonly string[] };

const moment = z.date().transform((date) => date.getTime());
const milliseconds = z.coerce.number();

const tokenRow = z
  .object({
    TOKEN_ID: z.string(),
    ACCESS_TOKEN: z.string(),
    REFRESH_TOKEN: z.string().nullable(),
    CONSUMER_KEY: z.string(),
    AUTHZ_USER: z.string(),
    TOKEN_STATE: z.enum(['ACTIVE', 'EXPIRED', 'INACTIVE', 'REVOKED']),
    TIME_CREATED: moment,
    VALIDITY_PERIOD: milliseconds,
    REFRESH_TOKEN_TIME_CREATED: moment.nullable(),
    REFRESH_TOKEN_VALIDITY_PERIOD: milliseconds.nullable(),
  })
  .transform(
    (row): StoredToken => ({
      tokenId: row.TOKEN_ID,
      accessToken: row.ACCESS_TOKEN,
      refreshToken: row.REFRESH_TOKEN ?? '',
      consumerKey: row.CONSUMER_KEY,
      user: row.AUTHZ_USER,
      state: row.TOKEN_STATE,
      access: { issuedAt: row.TIME_CREATED, validity: row.VALIDITY_PERIOD },
      // A row of the product's without a refresh token: one that expired long ago.
      refresh: { issuedAt: row.REFRESH_TOKEN_TIME_CREATED ?? 0, validity: row.REFRESH_TOKEN_VALIDITY_PERIOD ?? 0 },
    }),
  );

const SELECT = `
  SELECT t.TOKEN_ID, t.ACCESS_TOKEN, t.REFRESH_TOKEN, c.CONSUMER_KEY, t.AUTHZ_USER, t.TOKEN_STATE, t.TIME_CREATED,
    t.VALIDITY_PERIOD, t.REFRESH_TOKEN_TIME_CREATED, t.REFRESH_TOKEN_VALIDITY_PERIOD
  FROM IDN_OAUTH2_ACCESS_TOKEN t JOIN IDN_OAUTH_CONSUMER_APPS c ON c.ID = t.CONSUMER_KEY_ID`;

const firstToken = ([row]: readonly Row[]): StoredToken | undefined => row && tokenRow.parse(row);

/**
 * The token that is in use for client, user and scopes, expired or not. As in the product whatever the grant: a user who asks
 * for a client's own scopes gets the client's own token.
 */
export const findActiveToken = async (statements: Statements, key: TokenKey): Promise<StoredToken | undefined> =>
  firstToken(
    await statements.query(
      `${SELECT} WHERE t.CONSUMER_KEY_ID = ? AND t.AUTHZ_USER = ? AND t.TENANT_ID = ? AND t.USER_DOMAIN = ?
         AND t.TOKEN_SCOPE_HASH = ? AND t.TOKEN_STATE = 'ACTIVE' ORDER BY t.TIME_CREATED DESC LIMIT 1`,
      [key.client.id, key.user, SUPER_TENANT_ID, PRIMARY_DOMAIN, scopeHash(key.scopes)],
    ),
  );

/** The token with this value, in whatever state. @param accessToken as stored: of a JWT the `jti` */
export const findByAccessToken = async (
  statements: Statements,
  accessToken: string,
): Promise<StoredToken | undefined> =>
  firstToken(await statements.query(`${SELECT} WHERE t.ACCESS_TOKEN_HASH = ? LIMIT 1`, [tokenHash(accessToken)]));

/** The latest token with this refresh token, in whatever state: a token made anew may have kept its predecessor's. */
export const findByRefreshToken = async (
  statements: Statements,
  refreshToken: string,
): Promise<StoredToken | undefined> =>
  firstToken(
    await statements.query(
      `${SELECT} WHERE t.REFRESH_TOKEN_HASH = ? ORDER BY t.TIME_CREATED DESC, t.TOKEN_STATE LIMIT 1`,
      [tokenHash(refreshToken)],
    ),
  );

const scopeRow = z.object({ TOKEN_SCOPE: z.string() });

/** Scopes of a token, sorted. */
export const scopesOf = async (statements: Statements, tokenId: string): Promise<readonly string[]> => {
  const rows = await statements.query('SELECT TOKEN_SCOPE FROM IDN_OAUTH2_ACCESS_TOKEN_SCOPE WHERE TOKEN_ID = ?', [
    tokenId,
  ]);
  return rows.map((row) => scopeRow.parse(row).TOKEN_SCOPE).sort();
};

/** `TOKEN_SCOPE_HASH`: MD5 of the sorted scopes, as the product has it. */
export const scopeHash = (scopes: readonly string[]): string =>
  createHash('md5').update(scopes.join(' ')).digest('hex');
