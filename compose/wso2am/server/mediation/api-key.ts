import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import { keyIdOf } from '../keymanager/issuers/sign-jwt.ts';
import { mayUseFrom } from './api-key-restrictions.ts';
import type { Authentication } from './authentication.ts';
import { type CachedCall, resourceCacheKey } from './caches/gateway-caches.ts';
import { described, INVALID_CREDENTIALS, type SecurityFault } from './security-fault.ts';
import { subscribedCaller, subscriberClaims } from './subscribed-caller.ts';

/** Claims of an API key (carbon-apimgt 6.5.349, ApiKeyGenerator). */
const claimsSchema = subscriberClaims.extend({
  /** Seconds since the epoch; a key without it never expires. */
  exp: z.number().optional(),
  /** Since 3.2.0: lists, separated by commas. */
  permittedIP: z.string().optional(),
  permittedReferer: z.string().optional(),
});

export type ApiKeyClaims = z.infer<typeof claimsSchema>;

export type ApiKeyAtResource = CachedCall & {
  readonly key: string;
  readonly clientIp: string;
  readonly referer: string | undefined;
};

const EXPIRED = described(900903, 'Access Token Expired');
const FORBIDDEN = described(900908, 'Access forbidden for the invocations');

/**
 * Judges an API key without the Key Manager: signature, revocation, expiry, restrictions, subscription. The product trusts the
 * claims of a key whose signature is cached; here claims and signature are always of one key.
 */
export const validateApiKey = (
  { caches, clock, clockSkewMs, isRevoked, verifiedClaims }: Authentication,
  call: ApiKeyAtResource,
): ValidationInfo | SecurityFault => {
  const { key } = call;
  const signature = key.split('.')[2];
  if (signature === undefined || keyIdOf(key) === undefined) return INVALID_CREDENTIALS;
  const isKnown = caches.apiKeys.get(signature) !== undefined;
  if (!isKnown && (caches.invalidApiKeys.get(signature) !== undefined || isRevoked(signature)))
    return INVALID_CREDENTIALS;

  const cacheKey = `${signature}:${resourceCacheKey(call)}`;
  const cached = isKnown ? caches.apiKeyClaims.get(cacheKey) : undefined;
  const claims = cached?.key === key ? cached.claims : claimsSchema.safeParse(verifiedClaims(key)).data;
  if (!claims) {
    if (!isKnown) caches.invalidApiKeys.put(signature, SUPER_TENANT_DOMAIN);
    return INVALID_CREDENTIALS;
  }
  const now = clock();
  if (claims.exp !== undefined && claims.exp * 1000 + clockSkewMs <= now) {
    caches.apiKeys.remove(signature);
    caches.invalidApiKeys.put(signature, SUPER_TENANT_DOMAIN);
    return EXPIRED;
  }
  if (!isKnown) caches.apiKeys.put(signature, SUPER_TENANT_DOMAIN);
  if (!mayUseFrom(claims, call)) return FORBIDDEN;
  if (!cached) caches.apiKeyClaims.put(cacheKey, { key, claims });
  const validityPeriod = claims.exp === undefined ? Number.POSITIVE_INFINITY : claims.exp * 1000 - now;
  const caller = subscribedCaller(claims, call);
  return 'code' in caller ? caller : { ...caller, issuedTime: now, validityPeriod };
};
