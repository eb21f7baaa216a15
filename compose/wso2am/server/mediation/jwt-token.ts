import { z } from 'zod';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from './authentication.ts';
import { judgeJwt } from './judge-jwt.ts';
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

/** Judges a JWT without the Key Manager: the token itself, subscription, scopes (wire.md 1.4). Texts are (?). */
export const validateJwt = (authentication: Authentication, call: JwtAtResource): ValidationInfo | SecurityFault => {
  const { verifiedClaims, clock } = authentication;
  const claims = judgeJwt(authentication, call.token, () => claimsSchema.safeParse(verifiedClaims(call.token)).data);
  return 'code' in claims ? claims : admitted(claims, call, clock());
};

const admitted = (claims: Claims, call: JwtAtResource, now: number): ValidationInfo | SecurityFault => {
  const caller = subscribedCaller(claims, call);
  if ('code' in caller) return caller;
  const scopes = claims.scope.split(' ').filter((scope) => scope !== '');
  if (call.scopes.length > 0 && !call.scopes.some((scope) => scopes.includes(scope)))
    return described(900910, 'User is NOT authorized to access the Resource. Scope validation failed.');
  return { ...caller, issuedTime: now, scopes, validityPeriod: claims.exp * 1000 - now };
};
