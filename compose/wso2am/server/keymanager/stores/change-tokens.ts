import { randomUUID } from 'node:crypto';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import { PRIMARY_DOMAIN } from '../../carbon/users/user-name.ts';
import type { Statements } from '../../database/database.ts';
import { tokenHash } from './token-hash.ts';
import { type StoredToken, scopeHash, type TokenKey, type TokenState } from './tokens.ts';

/** Of whom a token is: the client itself, or a user of it. */
export type UserType = 'APPLICATION' | 'APPLICATION_USER';

export type NewToken = TokenKey &
  Pick<StoredToken, 'accessToken' | 'refreshToken' | 'access' | 'refresh'> & {
    readonly userType: UserType;
    readonly grantType: string;
  };

/** Stores an active token with its scopes. @throws DatabaseError `ER_DUP_ENTRY` where another is active (CON_APP_KEY) */
export const insertToken = async (statements: Statements, token: NewToken): Promise<StoredToken> => {
  const tokenId = randomUUID();
  const { client, user, scopes, accessToken, refreshToken, access, refresh } = token;
  await statements.execute(
    `INSERT INTO IDN_OAUTH2_ACCESS_TOKEN (TOKEN_ID, ACCESS_TOKEN, ACCESS_TOKEN_HASH, REFRESH_TOKEN, REFRESH_TOKEN_HASH,
       CONSUMER_KEY_ID, AUTHZ_USER, TENANT_ID, USER_DOMAIN, USER_TYPE, GRANT_TYPE, TIME_CREATED, VALIDITY_PERIOD,
       REFRESH_TOKEN_TIME_CREATED, REFRESH_TOKEN_VALIDITY_PERIOD, TOKEN_SCOPE_HASH, SUBJECT_IDENTIFIER)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      tokenId,
      accessToken,
      tokenHash(accessToken),
      refreshToken,
      tokenHash(refreshToken),
      client.id,
      user,
      SUPER_TENANT_ID,
      PRIMARY_DOMAIN,
      token.userType,
      token.grantType,
      new Date(access.issuedAt),
      access.validity,
      new Date(refresh.issuedAt),
      refresh.validity,
      scopeHash(scopes),
      user,
    ],
  );
  await statements.execute(
    `INSERT INTO IDN_OAUTH2_ACCESS_TOKEN_SCOPE (TOKEN_ID, TOKEN_SCOPE, TENANT_ID)
     VALUES ${scopes.map(() => '(?, ?, ?)').join(', ')}`,
    scopes.flatMap((scope) => [tokenId, scope, SUPER_TENANT_ID]),
  );
  return {
    tokenId,
    accessToken,
    refreshToken,
    consumerKey: client.consumerKey,
    user,
    state: 'ACTIVE',
    access,
    refresh,
  };
};

/** Takes a token out of use. Does nothing to one that is revoked or was refreshed already. */
export const retireToken = async (
  statements: Statements,
  tokenId: string,
  state: Exclude<TokenState, 'ACTIVE'>,
): Promise<void> => {
  // The state's own id keeps CON_APP_KEY unique among former tokens.
  await statements.execute(
    `UPDATE IDN_OAUTH2_ACCESS_TOKEN SET TOKEN_STATE = ?, TOKEN_STATE_ID = ?
     WHERE TOKEN_ID = ? AND TOKEN_STATE IN ('ACTIVE', 'EXPIRED')`,
    [state, randomUUID(), tokenId],
  );
};

/** Revokes all tokens of a client, as a new secret does in the product (identity-inbound-auth-oauth 6.2.25, OAuthAdminService). */
export const retireTokensOfClient = async (statements: Statements, clientId: number): Promise<void> => {
  await statements.execute(
    `UPDATE IDN_OAUTH2_ACCESS_TOKEN SET TOKEN_STATE = 'REVOKED', TOKEN_STATE_ID = UUID()
     WHERE CONSUMER_KEY_ID = ? AND TOKEN_STATE IN ('ACTIVE', 'EXPIRED')`,
    [clientId],
  );
};
