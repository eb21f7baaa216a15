import type { KeyManagerContext } from './context.ts';
import { isExpired, type Lifetime } from './expiry.ts';
import { isJwt, type JwtClaims, verifiedClaims } from './issuers/sign-jwt.ts';
import { findByAccessToken, type StoredToken } from './stores/tokens.ts';

/** An access token that somebody showed, with its row, in whatever state that is. */
export type PresentedToken = {
  readonly token: StoredToken;
  /** Present for a JWT. */
  readonly claims: JwtClaims | undefined;
};

/**
 * Finds a shown access token; undefined for one that no Key Manager of this deployment issued, or that was tampered with.
 * What is stored of a JWT is its `jti`, so that finds it as well, as in the product.
 */
export const findPresentedToken = async (
  { signer, database }: KeyManagerContext,
  shown: string,
): Promise<PresentedToken | undefined> => {
  const claims = isJwt(shown) ? verifiedClaims(signer, shown) : undefined;
  const stored = isJwt(shown) ? claims?.jti : shown;
  if (typeof stored !== 'string') return undefined;
  const token = await findByAccessToken(database, stored);
  return token && { token, claims };
};

/** Whether a token is in use, and what it is shown for not expired: the access token's lifetime, or the refresh token's. */
export const isValid = ({ clock, settings }: KeyManagerContext, { state }: StoredToken, lifetime: Lifetime): boolean =>
  state === 'ACTIVE' && !isExpired(lifetime, clock(), settings.clockSkewMs);
