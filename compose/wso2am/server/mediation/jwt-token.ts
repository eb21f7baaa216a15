import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from './authentication.ts';
import { described, type SecurityFault } from './security-fault.ts';
import { subscribedCaller, subscriberClaims } from './subscribed-caller.ts';

/** Claims of the JWTs of 3.0.0 and 3.1.0, which carry what the gateway decides by (wire.md 1.4). */
const claimsSchema = subscriberClaims.extend({ exp: z.number(), scope: z.string().default('') });

type Claims = z.infer<typeof claimsSchema>;

export type JwtAtResource = {
  readonly token: string;
  readonly context: string;
  readonly version: string;
  /** One of which the token needs; none where any will do. */
  readonly scopes: readonly string[];
};

/**
 * Judges a JWT without the Key Manager: signature, revocation, expiry, subscription, scopes (wire.md 1.4). The caches keep its
 * signature part only. Texts of the descriptions are (?).
 */
export const validateJwt = (authentication: Authentication, call: JwtAtResource): ValidationInfo | SecurityFault => {
  const { caches, clock, clockSkewMs, isRevoked, verifiedClaims } = authentication;
  const signature = call.token.split('.')[2] ?? '';
  const invalid = described(900901, 'Invalid JWT token');
  const isKnown = caches.tokens.get(signature) !== undefined;
  if (!isKnown && (caches.invalidTokens.get(signature) !== undefined || isRevoked(signature))) return invalid;

  const claims = claimsSchema.safeParse(verifiedClaims(call.token));
  if (!claims.success) {
    caches.invalidTokens.put(signature, SUPER_TENANT_DOMAIN);
    return invalid;
  }
  if (claims.data.exp * 1000 + clockSkewMs <= clock()) {
    caches.tokens.remove(signature);
    caches.invalidTokens.put(signature, SUPER_TENANT_DOMAIN);
    return described(900903, 'JWT token is expired');
  }
  caches.tokens.put(signature, SUPER_TENANT_DOMAIN);
  return admitted(claims.data, call, clock());
};

const admitted = (claims: Claims, call: JwtAtResource, now: number): ValidationInfo | SecurityFault => {
  const caller = subscribedCaller(claims, call);
  if ('code' in caller) return caller;
  const scopes = claims.scope.split(' ').filter((scope) => scope !== '');
  if (call.scopes.length > 0 && !call.scopes.some((scope) => scopes.includes(scope)))
    return described(900910, 'User is NOT authorized to access the Resource. Scope validation failed.');
  return { ...caller, issuedTime: now, scopes, validityPeriod: claims.exp * 1000 - now };
};
