import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { EMPTY_INFO, type ValidationInfo } from '../key-validation/validation-info.ts';
import type { Authentication } from './authentication.ts';
import { described, type SecurityFault } from './security-fault.ts';

/** Claims of the JWTs of 3.0.0 and 3.1.0, which carry what the gateway decides by (wire.md 1.4). */
const claimsSchema = z.object({
  sub: z.string().default(''),
  exp: z.number(),
  iat: z.number().default(0),
  scope: z.string().default(''),
  keytype: z.string().default('PRODUCTION'),
  consumerKey: z.string().default(''),
  application: z
    .object({ id: z.number(), name: z.string(), tier: z.string(), owner: z.string() })
    .default({ id: 0, name: '', tier: 'Unlimited', owner: '' }),
  subscribedAPIs: z
    .array(
      z.object({
        name: z.string(),
        context: z.string(),
        version: z.string(),
        publisher: z.string(),
        subscriptionTier: z.string(),
        subscriberTenantDomain: z.string().default(SUPER_TENANT_DOMAIN),
      }),
    )
    .default([]),
  tierInfo: z
    .record(
      z.string(),
      z.object({
        stopOnQuotaReach: z.boolean().default(true),
        spikeArrestLimit: z.number().default(0),
        spikeArrestUnit: z.string().nullable().default(null),
      }),
    )
    .default({}),
});

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
  const subscription = claims.subscribedAPIs.find(
    ({ context, version }) => context === call.context && version === call.version,
  );
  if (!subscription)
    return described(900908, 'User is NOT authorized to access the Resource. API Subscription validation failed.');
  const scopes = claims.scope.split(' ').filter((scope) => scope !== '');
  if (call.scopes.length > 0 && !call.scopes.some((scope) => scopes.includes(scope)))
    return described(900910, 'User is NOT authorized to access the Resource. Scope validation failed.');

  const tier = claims.tierInfo[subscription.subscriptionTier];
  return {
    ...EMPTY_INFO,
    authorized: true,
    apiName: subscription.name,
    apiPublisher: subscription.publisher,
    applicationId: String(claims.application.id),
    applicationName: claims.application.name,
    applicationTier: claims.application.tier,
    consumerKey: claims.consumerKey,
    endUserName: claims.sub,
    issuedTime: now,
    scopes,
    spikeArrestLimit: tier?.spikeArrestLimit ?? 0,
    spikeArrestUnit: tier?.spikeArrestUnit ?? '',
    stopOnQuotaReach: tier?.stopOnQuotaReach ?? true,
    subscriber: claims.application.owner,
    subscriberTenantDomain: subscription.subscriberTenantDomain,
    tier: subscription.subscriptionTier,
    type: claims.keytype,
    userType: '',
    validityPeriod: claims.exp * 1000 - now,
  };
};
