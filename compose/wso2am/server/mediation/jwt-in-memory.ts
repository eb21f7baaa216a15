import * as z from 'zod/mini';
import { isInScope } from '../key-validation/in-process/resource-in-memory.ts';
import { subscriptionInfo } from '../key-validation/in-process/subscription-info.ts';
import { VALIDATION_STATUS, type ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication, InMemoryValidation } from './authentication.ts';
import type { CachedCall } from './caches/gateway-caches.ts';
import { judgeJwt } from './judge-jwt.ts';
import { described, type SecurityFault } from './security-fault.ts';

const text = z._default(z.string(), '');

/** Claims of the identity server's tokens (wire.md 1.4); `consumerKey` is what API Manager's own issuer calls the client. */
const claimsSchema = z.object({
  sub: text,
  exp: z.number(),
  scope: text,
  azp: z.optional(z.string()),
  consumerKey: z.optional(z.string()),
});

/**
 * Judges a JWT in 3.2.0: the token by the key of its Key Manager, then the subscription and the scopes from memory, in every call
 * anew (wire.md 2.3). Texts are (?).
 * @throws KeyManagerError
 */
export const validateJwtInMemory = async (
  authentication: Authentication,
  { data, verify }: InMemoryValidation,
  call: CachedCall & { readonly token: string },
): Promise<ValidationInfo | SecurityFault> => {
  const verified = await verify(call.token);
  if (verified.kind === 'no-key-manager')
    return described(VALIDATION_STATUS.keyManagerNotAvailable, 'No Key Manager is available for the token');
  const claims = judgeJwt(authentication, call.token, () =>
    verified.kind === 'verified' ? z.safeParse(claimsSchema, verified.claims).data : undefined,
  );
  if ('code' in claims) return claims;

  const consumerKey = claims.consumerKey ?? claims.azp ?? '';
  const info = await subscriptionInfo(data, { ...call, consumerKey });
  if (!info.authorized)
    return described(
      info.validationStatus,
      'User is NOT authorized to access the Resource. API Subscription validation failed.',
    );
  const scopes = claims.scope.split(' ').filter((scope) => scope !== '');
  if (!isInScope(await data.api(call.context, call.version), call, scopes))
    return described(
      VALIDATION_STATUS.scopeMissing,
      'User is NOT authorized to access the Resource. Scope validation failed.',
    );
  const now = authentication.clock();
  return { ...info, endUserName: claims.sub, issuedTime: now, scopes, validityPeriod: claims.exp * 1000 - now };
};
