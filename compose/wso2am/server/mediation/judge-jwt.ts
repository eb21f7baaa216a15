import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Authentication } from './authentication.ts';
import { described, type SecurityFault } from './security-fault.ts';

/**
 * Judges a JWT for itself: revocation, signature, expiry (wire.md 1.4). The caches keep its signature part only. Texts of the
 * descriptions are (?).
 * @param verified the claims of the token; undefined where its signature is wrong or a claim is missing. It is told whether the
 * token cache knows the token.
 */
export const judgeJwt = <T extends { readonly exp: number }>(
  { caches, clock, clockSkewMs, isRevoked }: Pick<Authentication, 'caches' | 'clock' | 'clockSkewMs' | 'isRevoked'>,
  token: string,
  verified: (isKnown: boolean) => T | undefined,
): T | SecurityFault => {
  const signature = token.split('.')[2] ?? '';
  const invalid = described(900901, 'Invalid JWT token');
  const isKnown = caches.tokens.get(signature) !== undefined;
  if (!isKnown && (caches.invalidTokens.get(signature) !== undefined || isRevoked(signature))) return invalid;

  const claims = verified(isKnown);
  if (!claims) {
    caches.invalidTokens.put(signature, SUPER_TENANT_DOMAIN);
    return invalid;
  }
  if (claims.exp * 1000 + clockSkewMs <= clock()) {
    caches.tokens.remove(signature);
    caches.invalidTokens.put(signature, SUPER_TENANT_DOMAIN);
    return described(900903, 'JWT token is expired');
  }
  caches.tokens.put(signature, SUPER_TENANT_DOMAIN);
  return claims;
};
