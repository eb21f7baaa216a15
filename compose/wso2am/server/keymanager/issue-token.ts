import { randomUUID } from 'node:crypto';
import type { Statements } from '../database/database.ts';
import type { KeyManagerContext } from './context.ts';
import { isExpired, remaining } from './expiry.ts';
import { type Issuer, issuerOf } from './issuers/issuer.ts';
import { insertToken, retireToken, type UserType } from './stores/change-tokens.ts';
import { lockClient, type OAuthClient } from './stores/clients.ts';
import { retryWhenBeaten } from './stores/retry.ts';
import { findActiveToken, type StoredToken, type TokenKey } from './stores/tokens.ts';

/** A token that a grant decided to give. */
export type Issuance = TokenKey & {
  readonly userType: UserType;
  readonly grantType: string;
  /** Milliseconds, instead of the client's own; negative for ever. */
  readonly validity?: number | undefined;
};

export type IssuedToken = {
  readonly tokenId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scopes: readonly string[];
  readonly user: string;
  /** Milliseconds until the access token expires; Infinity for never. */
  readonly left: number;
};

/**
 * The token for client, user and scopes (wire.md 1.3). Opaque: the one there is while it is valid, with what is left of its
 * time, else a new one. JWT: a new one each time, the former one is set inactive. However many ask at the same moment, on
 * whatever nodes, one token is active in the end: whoever changes a client's tokens holds its row.
 */
export const issueToken = async (context: KeyManagerContext, issuance: Issuance): Promise<IssuedToken> => {
  const { database, clock } = context;
  const issuer = await issuerOf(context, issuance.client);

  const current = async (statements: Statements): Promise<IssuedToken | undefined> => {
    if (issuer.renewsEachTime) return undefined;
    const active = await findActiveToken(statements, issuance);
    return active && reissued(context, issuance, active);
  };

  const asItIs = await current(database);
  if (asItIs) return asItIs;
  return retryWhenBeaten(() =>
    database.transaction(async (statements) => {
      await lockClient(statements, issuance.client.id);
      const madeMeanwhile = await current(statements);
      return madeMeanwhile ?? replaceToken(context, statements, issuer, issuance, clock());
    }),
  );
};

/** The existing token if its time is not up: with a refresh token both have to be valid. */
const reissued = (
  { clock, settings }: KeyManagerContext,
  { scopes, userType }: Issuance,
  token: StoredToken,
): IssuedToken | undefined => {
  const left = remaining(token.access, clock(), settings.clockSkewMs);
  const isSpent =
    left === 0 || (userType === 'APPLICATION_USER' && isExpired(token.refresh, clock(), settings.clockSkewMs));
  if (isSpent) return undefined;
  const { tokenId, accessToken, refreshToken, user } = token;
  return { tokenId, accessToken, refreshToken, scopes, user, left };
};

/**
 * Makes a token and takes the one out of use that was active for the same client, user and scopes. A refresh token that is
 * still valid is kept. The caller holds the client's row.
 */
export const replaceToken = async (
  context: KeyManagerContext,
  statements: Statements,
  issuer: Issuer,
  issuance: Issuance,
  now: number,
): Promise<IssuedToken> => {
  const { settings } = context;
  const { client, user, scopes, userType, grantType } = issuance;
  const former = await findActiveToken(statements, issuance);
  const access = { issuedAt: now, validity: issuance.validity ?? accessValidity(context, client, userType) };
  const minted = issuer.mint({ client, user, userType, scopes, access });
  const keepsRefresh = former !== undefined && !isExpired(former.refresh, now, settings.clockSkewMs);
  const refresh = keepsRefresh
    ? { refreshToken: former.refreshToken, refresh: former.refresh }
    : { refreshToken: randomUUID(), refresh: { issuedAt: now, validity: refreshValidity(context, client) } };

  if (former) await retireToken(statements, former.tokenId, issuer.renewsEachTime ? 'INACTIVE' : 'EXPIRED');
  const { tokenId, refreshToken } = await insertToken(statements, {
    client,
    user,
    scopes,
    userType,
    grantType,
    accessToken: minted.stored,
    access,
    ...refresh,
  });
  const left = access.validity < 0 ? Number.POSITIVE_INFINITY : access.validity;
  return { tokenId, accessToken: minted.value, refreshToken, scopes, user, left };
};

/** Milliseconds; a client's own 0 stands for the server's setting. */
const accessValidity = ({ settings }: KeyManagerContext, client: OAuthClient, userType: UserType): number =>
  1000 *
  (userType === 'APPLICATION'
    ? client.applicationTokenValidity || settings.applicationTokenValidity
    : client.userTokenValidity || settings.userTokenValidity);

const refreshValidity = ({ settings }: KeyManagerContext, client: OAuthClient): number =>
  1000 * (client.refreshTokenValidity || settings.refreshTokenValidity);
