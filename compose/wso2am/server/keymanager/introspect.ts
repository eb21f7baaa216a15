import { type Answer, type Call, type Endpoint, json } from '../carbon/web.ts';
import { answering } from './answering.ts';
import type { KeyManagerContext } from './context.ts';
import { type Lifetime, wholeSeconds } from './expiry.ts';
import { isForm } from './form.ts';
import { findPresentedToken, isValid } from './presented-token.ts';
import { qualifiedName } from './qualified-name.ts';
import { findByRefreshToken, type StoredToken, scopesOf } from './stores/tokens.ts';

const CLASS = 'org.wso2.carbon.identity.oauth.endpoint.introspection.OAuth2IntrospectionEndpoint';

const INACTIVE = { active: false };

/** `POST /oauth2/introspect` for users with the admin role (wire.md 1.7). */
export const introspectEndpoint = (context: KeyManagerContext): Endpoint => ({
  method: 'POST',
  path: '/oauth2/introspect',
  handle: answering(context, CLASS, async (call) => {
    const user = await context.authenticator.basic(call);
    if (!user) return { status: 401, headers: { 'WWW-Authenticate': `Basic realm="${context.settings.realm}"` } };
    if (!user.roles.includes(context.settings.adminRole)) return { status: 403 };
    return introspect(context, call);
  }),
});

const introspect = async (context: KeyManagerContext, call: Call): Promise<Answer> => {
  const shown = isForm(call) ? ((await call.form()).get('token') ?? '').trim() : '';
  if (shown === '') return json(400, { error: 'Invalid input' });
  return json(200, await tokenState(context, shown));
};

/** What is said of a token, of whichever kind; `active: false` of all else. */
export const tokenState = async (context: KeyManagerContext, shown: string): Promise<object> =>
  (await accessTokenFacts(context, shown)) ?? (await refreshTokenFacts(context, shown)) ?? INACTIVE;

/** What is said of a valid access token, whichever hint came with it. */
const accessTokenFacts = async (context: KeyManagerContext, shown: string): Promise<object | undefined> => {
  const presented = await findPresentedToken(context, shown);
  if (!presented || !isValid(context, presented.token, presented.token.access)) return undefined;
  const { token, claims } = presented;
  return {
    ...(await tokenFacts(context, token, token.access, 'Bearer')),
    ...(claims && { aud: claims.aud, jti: claims.jti, sub: claims.sub, iss: claims.iss }),
  };
};

const refreshTokenFacts = async (context: KeyManagerContext, shown: string): Promise<object | undefined> => {
  const token = await findByRefreshToken(context.database, shown);
  if (!token || !isValid(context, token, token.refresh)) return undefined;
  return tokenFacts(context, token, token.refresh, 'Refresh');
};

const tokenFacts = async (
  { database }: KeyManagerContext,
  token: StoredToken,
  { issuedAt, validity }: Lifetime,
  type: 'Bearer' | 'Refresh',
): Promise<object> => ({
  active: true,
  scope: (await scopesOf(database, token.tokenId)).join(' '),
  client_id: token.consumerKey,
  username: qualifiedName(token.user),
  token_type: type,
  nbf: wholeSeconds(issuedAt),
  iat: wholeSeconds(issuedAt),
  // Left out of what never expires: the product's arithmetic would name a moment long ago.
  ...(validity < 0 ? {} : { exp: wholeSeconds(issuedAt + validity) }),
});
