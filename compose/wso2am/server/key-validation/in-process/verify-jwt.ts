import type { KeyObject } from 'node:crypto';
import type { Agent } from 'node:https';
import { type JwtClaims, signingKeyIdOf, unverifiedClaims, verifiedClaims } from '../../keymanager/issuers/sign-jwt.ts';
import type { KeyManagerEntity } from '../../subscription-data/entities.ts';
import type { SubscriptionStore } from '../../subscription-data/subscription-store.ts';
import { keyManagerOfIssuer } from './key-managers.ts';
import { signingKeys } from './signing-keys.ts';

export type VerifiedJwt =
  | { readonly kind: 'verified'; readonly claims: JwtClaims; readonly keyManager: KeyManagerEntity }
  /** Not signed by the Key Manager of its issuer, or no JWT at all. */
  | { readonly kind: 'invalid' }
  /** The Key Manager of its issuer is switched off. */
  | { readonly kind: 'no-key-manager' };

/**
 * Verifies JWTs by the certificate or the JWKS of the Key Manager that issued them (wire.md 2.3); says nothing of their expiry.
 * @param sharedKey of a Key Manager that has neither, as the resident one
 */
export const jwtVerifier = (
  store: SubscriptionStore,
  sharedKey: KeyObject,
  agent: Agent,
): ((token: string) => Promise<VerifiedJwt>) => {
  const keysOf = signingKeys(sharedKey, agent);
  return async (token) => {
    const issuer = unverifiedClaims(token)?.iss;
    if (typeof issuer !== 'string') return { kind: 'invalid' };
    const keyManager = keyManagerOfIssuer(store, issuer);
    if (!keyManager.enabled) return { kind: 'no-key-manager' };
    for (const publicKey of await keysOf(keyManager, signingKeyIdOf(token))) {
      const claims = verifiedClaims({ publicKey }, token);
      if (claims) return { kind: 'verified', claims, keyManager };
    }
    return { kind: 'invalid' };
  };
};
