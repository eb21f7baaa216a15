import type { Version } from '../../../../lab/product/versions.ts';
import type { StoredToken } from './stores/tokens.ts';

/** When the revocation of a token that never expires may be forgotten: the latest time a number says exactly. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * `expiryTime` of what is told of a revoked token, epoch milliseconds (wire.md 4.3): a JWT's; that of an opaque token only since
 * 3.2.0, whose listener takes it from the token's row whatever its kind, and 0 before.
 */
export const revocationExpiry = (version: Version, { access }: Pick<StoredToken, 'access'>, isJwt: boolean): number => {
  if (!isJwt && version !== '3.2.0') return 0;
  return access.validity < 0 ? NEVER : access.issuedAt + access.validity;
};
