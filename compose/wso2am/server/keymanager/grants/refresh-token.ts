import type { Statements } from '../../database/database.ts';
import { requestedScopes } from '../approve-scopes.ts';
import type { KeyManagerContext } from '../context.ts';
import { isExpired } from '../expiry.ts';
import { type IssuedToken, replaceToken } from '../issue-token.ts';
import { type Issuer, issuerOf } from '../issuers/issuer.ts';
import { OAuthError } from '../oauth-error.ts';
import { retireToken } from '../stores/change-tokens.ts';
import { lockClient, type OAuthClient } from '../stores/clients.ts';
import { retryWhenBeaten } from '../stores/retry.ts';
import { findActiveToken, findByRefreshToken, type StoredToken, scopesOf } from '../stores/tokens.ts';
import type { Grant } from './grant.ts';

/** A new pair of tokens for a refresh token, which is used up by that; the access token with it goes out of use. */
export const refreshTokenGrant: Grant = {
  parameters: ['refresh_token'],
  handsOutRefreshToken: true,
  handsOutIdToken: true,
  issue: async (context, { client, form }) => {
    const { database } = context;
    const refreshToken = form.get('refresh_token') ?? '';
    const requested = requestedScopes(form.get('scope'));
    const issuer = await issuerOf(context, client);
    return retryWhenBeaten(() =>
      database.transaction(async (statements) => {
        // Of several that present one refresh token at the same moment the others wait here, and then find it used.
        await lockClient(statements, client.id);
        const presented = await findPresented(context, statements, client, refreshToken);
        const granted = await scopesOf(statements, presented.tokenId);
        const scopes = narrowed(granted, requested);
        const token = await rotate(context, statements, { client, issuer, presented, scopes });
        return { token, login: {}, deactivated: presented.accessToken };
      }),
    );
  },
};

/** @throws OAuthError where the refresh token is unknown, used or expired */
const findPresented = async (
  { settings, clock }: KeyManagerContext,
  statements: Statements,
  client: OAuthClient,
  refreshToken: string,
): Promise<StoredToken> => {
  const token = await findByRefreshToken(statements, refreshToken);
  if (token?.consumerKey !== client.consumerKey) throw new OAuthError('unknownRefreshToken');
  if (token.state !== 'ACTIVE' && token.state !== 'EXPIRED') throw new OAuthError('usedRefreshToken');
  if (isExpired(token.refresh, clock(), settings.clockSkewMs)) throw new OAuthError('expiredRefreshToken');
  return token;
};

/** A refresh may ask for fewer scopes than were granted, not for others (RFC 6749 6). */
const narrowed = (granted: readonly string[], requested: readonly string[]): readonly string[] => {
  if (requested.length === 0) return granted;
  if (requested.some((scope) => !granted.includes(scope))) throw new OAuthError('invalidScope');
  return [...requested].sort();
};

type Rotation = {
  readonly client: OAuthClient;
  readonly issuer: Issuer;
  readonly presented: StoredToken;
  readonly scopes: readonly string[];
};

const rotate = async (
  context: KeyManagerContext,
  statements: Statements,
  { client, issuer, presented, scopes }: Rotation,
): Promise<IssuedToken> => {
  const { user } = presented;
  await retireToken(statements, presented.tokenId, 'INACTIVE');
  // With fewer scopes it may meet another token, whose refresh token must not come out of this.
  const met = await findActiveToken(statements, { client, user, scopes });
  if (met) await retireToken(statements, met.tokenId, 'INACTIVE');
  const issuance = { client, user, scopes, userType: 'APPLICATION_USER', grantType: 'refresh_token' } as const;
  return replaceToken(context, statements, issuer, issuance, context.clock());
};
