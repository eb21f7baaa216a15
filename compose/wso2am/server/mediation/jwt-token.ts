import { z } from 'zod';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from './authentication.ts';
import { type CachedCall, resourceCacheKey } from './caches/gateway-caches.ts';
import { judgeJwt } from './judge-jwt.ts';
import { described, type SecurityFault } from './security-fault.ts';
import { subscribedCaller, subscriberClaims } from './subscribed-caller.ts';

/** Claims of the JWTs of 3.0.0 and 3.1.0, which carry what the gateway decides by (wire.md 1.4). */
const claimsSchema = subscriberClaims.extend({ exp: z.number(), scope: z.string().default('') });

export type JwtTokenClaims = z.infer<typeof claimsSchema>;

export type JwtAtResource = CachedCall & {
  readonly token: string;
  /** One of which the token needs; none where any will do. */
  readonly scopes: readonly string[];
};

/**
 * Judges a JWT without the Key Manager: the token itself, subscription, scopes (wire.md 1.4). As with opaque tokens what was found
 * at a resource is kept: the same token is verified there, and asked for its scopes, once (carbon-apimgt, JWTValidator). Texts
 * are (?).
 */
export const validateJwt = (authentication: Authentication, call: JwtAtResource): ValidationInfo | SecurityFault => {
  const { caches, verifiedClaims, clock } = authentication;
  const [, payload = '', signature = ''] = call.token.split('.');
  const key = `${signature}:${resourceCacheKey(call)}`;
  const known = caches.jwtClaims.get(key);
  // Whoever signs something else with a cached signature is verified like anybody.
  const kept = known?.payload === payload ? known.claims : undefined;
  const verified = (): JwtTokenClaims | undefined => claimsSchema.safeParse(verifiedClaims(call.token)).data;
  const claims = judgeJwt(authentication, call.token, (isKnown) => (isKnown && kept) || verified());
  if ('code' in claims) return claims;

  const caller = subscribedCaller(claims, call);
  if ('code' in caller) return caller;
  const scopes = claims.scope.split(' ').filter((scope) => scope !== '');
  if (claims !== kept) {
    if (call.scopes.length > 0 && !call.scopes.some((scope) => scopes.includes(scope)))
      return described(900910, 'User is NOT authorized to access the Resource. Scope validation failed.');
    caches.jwtClaims.put(key, { payload, claims });
  }
  const now = clock();
  return { ...caller, issuedTime: now, scopes, validityPeriod: claims.exp * 1000 - now };
};
