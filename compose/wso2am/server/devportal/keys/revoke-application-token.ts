import type { KeyManagerContext } from '../../keymanager/context.ts';
import { findPresentedToken } from '../../keymanager/presented-token.ts';
import { qualifiedName } from '../../keymanager/qualified-name.ts';
import { revocationExpiry } from '../../keymanager/revocation-expiry.ts';
import { retireToken } from '../../keymanager/stores/change-tokens.ts';
import type { OAuthClient } from '../../keymanager/stores/clients.ts';
import { insertRevokedJwt } from '../../keymanager/stores/revoked-jwts.ts';

/** Takes a token of a client out of use and tells the gateways; what is no such token is let be, as by RFC 7009. */
export const revokeApplicationToken = async (
  keyManager: KeyManagerContext,
  { consumerKey }: OAuthClient,
  shown: string,
): Promise<void> => {
  const presented = await findPresentedToken(keyManager, shown);
  if (presented?.token.state !== 'ACTIVE' || presented.token.consumerKey !== consumerKey) return;
  const { token, claims } = presented;
  const expiryTime = revocationExpiry(keyManager.version, token, claims !== undefined);
  await keyManager.database.transaction(async (statements) => {
    await retireToken(statements, token.tokenId, 'REVOKED');
    // In 3.2.0 the Traffic Manager keeps that list (wire.md 4.3).
    if (claims && keyManager.version !== '3.2.0') await insertRevokedJwt(statements, shown, expiryTime);
  });
  await keyManager.events.tokenRevoked.fire({
    token: shown,
    tokenType: claims ? 'JWT' : 'DEFAULT',
    expiryTime,
    consumerKey,
    user: qualifiedName(token.user),
  });
};
