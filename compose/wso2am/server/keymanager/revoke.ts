import type { RevokedToken } from '../carbon/events.ts';
import type { Answer, Call, Endpoint } from '../carbon/web.ts';
import { answering } from './answering.ts';
import { authenticateClient } from './client-authentication.ts';
import type { KeyManagerContext } from './context.ts';
import { isForm, singleParameters } from './form.ts';
import { OAuthError } from './oauth-error.ts';
import { findPresentedToken } from './presented-token.ts';
import { qualifiedName } from './qualified-name.ts';
import { revocationExpiry } from './revocation-expiry.ts';
import { retireToken } from './stores/change-tokens.ts';
import type { OAuthClient } from './stores/clients.ts';
import { insertRevokedJwt } from './stores/revoked-jwts.ts';
import { sweepRevokedJwts } from './stores/sweep-revoked-jwts.ts';
import { findByRefreshToken, type StoredToken } from './stores/tokens.ts';

const CLASS = 'org.wso2.carbon.identity.oauth.endpoint.revoke.OAuthRevocationEndpoint';

/** `POST /oauth2/revoke` (wire.md 1.7). Both answers, the good and the bad, call themselves HTML. */
export const revokeEndpoint = (context: KeyManagerContext): Endpoint => {
  const handle = answering(context, CLASS, (call) => revoke(context, call));
  return {
    method: 'POST',
    path: '/oauth2/revoke',
    handle: async (call) => {
      const answer = await handle(call);
      return { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/html' } };
    },
  };
};

const revoke = async (context: KeyManagerContext, call: Call): Promise<Answer> => {
  if (!isForm(call)) return { status: 415 };
  const form = singleParameters(await call.form());
  const shown = form.get('token');
  if (shown === undefined) throw new OAuthError('missingToken');
  const client = await authenticateClient(context, call, form);

  const found = await findToken(context, client, shown, form.get('token_type_hint'));
  if (!found) return revokedAnswer({});
  const { token, event } = found;
  await context.database.transaction(async (statements) => {
    await retireToken(statements, token.tokenId, 'REVOKED');
    // In 3.2.0 the Traffic Manager keeps that list (wire.md 4.3).
    if (event.tokenType === 'JWT' && context.version !== '3.2.0') {
      await insertRevokedJwt(statements, event.token, event.expiryTime);
    }
  });
  if (event.tokenType === 'JWT' && context.version !== '3.2.0')
    await sweepRevokedJwts(context.database, context.clock(), context.log(CLASS));
  context.log(CLASS).info(`Revoked a token of ${event.user} for client ${event.consumerKey}`);
  await tellOfRevocation(context, event, shown === token.refreshToken ? shown : undefined);
  return revokedAnswer({
    RevokedAccessToken: event.token,
    RevokedRefreshToken: token.refreshToken,
    AuthorizedUser: event.user,
  });
};

/**
 * Tells others of a revocation. Of one by refresh token they hear nothing that helps: 3.0.0 and 3.1.0 pass on the refresh token,
 * which no gateway knows, and 3.2.0 nothing (interceptors of OAuth events; identity-inbound-auth-oauth 6.2.25 and 6.4.2 show them
 * no access token then): gateways that have cached the access token go on accepting it.
 */
const tellOfRevocation = async (
  { version, events }: KeyManagerContext,
  event: RevokedToken,
  refreshToken: string | undefined,
): Promise<void> => {
  if (refreshToken === undefined) await events.tokenRevoked.fire(event);
  else if (version !== '3.2.0') await events.tokenRevoked.fire({ ...event, token: refreshToken });
};

const revokedAnswer = (headers: Readonly<Record<string, string>>): Answer => ({
  status: 200,
  headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache', ...headers },
});

type Found = { readonly token: StoredToken; readonly event: RevokedToken };

/** What is there to revoke, looked for first where the client says. @throws OAuthError for another client's access token */
const findToken = async (
  context: KeyManagerContext,
  client: OAuthClient,
  shown: string,
  hint: string | undefined,
): Promise<Found | undefined> => {
  const asAccessToken = () => findAsAccessToken(context, client, shown);
  const asRefreshToken = () => findAsRefreshToken(context, client, shown);
  return hint === 'refresh_token'
    ? ((await asRefreshToken()) ?? asAccessToken())
    : ((await asAccessToken()) ?? asRefreshToken());
};

const isInUse = ({ state }: StoredToken): boolean => state === 'ACTIVE' || state === 'EXPIRED';

const findAsAccessToken = async (
  context: KeyManagerContext,
  client: OAuthClient,
  shown: string,
): Promise<Found | undefined> => {
  const presented = await findPresentedToken(context, shown);
  if (!presented || !isInUse(presented.token)) return undefined;
  const { token, claims } = presented;
  if (token.consumerKey !== client.consumerKey) throw new OAuthError('foreignToken');
  const event = { ...eventOf(token), expiryTime: revocationExpiry(context.version, token, claims !== undefined) };
  return claims ? { token, event: { ...event, token: shown, tokenType: 'JWT' } } : { token, event };
};

/** The access token that came with a refresh token goes with it. Of a JWT only the jti is known then. */
const findAsRefreshToken = async (
  { database }: KeyManagerContext,
  client: OAuthClient,
  shown: string,
): Promise<Found | undefined> => {
  const token = await findByRefreshToken(database, shown);
  if (token?.consumerKey !== client.consumerKey || !isInUse(token)) return undefined;
  return { token, event: eventOf(token) };
};

const eventOf = ({ accessToken, consumerKey, user }: StoredToken): RevokedToken => ({
  token: accessToken,
  tokenType: 'DEFAULT',
  expiryTime: 0,
  consumerKey,
  user: qualifiedName(user),
});
