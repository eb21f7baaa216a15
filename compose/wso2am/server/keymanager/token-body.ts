import type { KeyManagerContext } from './context.ts';
import { expiresIn } from './expiry.ts';
import type { Grant, Granted } from './grants/grant.ts';
import { idToken } from './issuers/id-token.ts';
import type { OAuthClient } from './stores/clients.ts';

/** A grant that was made, and to whom. */
export type Answered = {
  readonly client: OAuthClient;
  readonly grant: Grant;
  readonly grantType: string;
  readonly granted: Granted;
};

/** What a client is told of its token (wire.md 1.3). */
export type TokenBody = {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly scope: string;
  readonly id_token?: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
};

export const tokenBody = (context: KeyManagerContext, { client, grant, grantType, granted }: Answered): TokenBody => {
  const { token, login } = granted;
  const { accessToken, refreshToken, scopes, user, left } = token;
  const getsRefreshToken = grant.handsOutRefreshToken && client.grantTypes.includes('refresh_token');
  const getsIdToken = grant.handsOutIdToken && scopes.includes('openid');
  return {
    access_token: accessToken,
    ...(getsRefreshToken && { refresh_token: refreshToken }),
    scope: scopes.join(' '),
    ...(getsIdToken && { id_token: idToken(context, { client, user, accessToken, method: grantType, login }) }),
    token_type: 'Bearer',
    expires_in: expiresIn(left),
  };
};
