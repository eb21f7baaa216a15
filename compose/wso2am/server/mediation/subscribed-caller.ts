import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { EMPTY_INFO, type ValidationInfo } from '../key-validation/validation-info.ts';
import { described, type SecurityFault } from './security-fault.ts';

/** Claims by which JWTs of 3.0.0 and 3.1.0, and API keys, carry what the gateway decides by (wire.md 1.4). */
export const subscriberClaims = z.object({
  sub: z.string().default(''),
  iat: z.number().default(0),
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

/** The caller that claims speak of, at an API it is subscribed to. Text of the refusal (?). */
export const subscribedCaller = (
  claims: z.infer<typeof subscriberClaims>,
  api: { readonly context: string; readonly version: string },
): ValidationInfo | SecurityFault => {
  const subscription = claims.subscribedAPIs.find(
    ({ context, version }) => context === api.context && version === api.version,
  );
  if (!subscription)
    return described(900908, 'User is NOT authorized to access the Resource. API Subscription validation failed.');
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
    spikeArrestLimit: tier?.spikeArrestLimit ?? 0,
    spikeArrestUnit: tier?.spikeArrestUnit ?? '',
    stopOnQuotaReach: tier?.stopOnQuotaReach ?? true,
    subscriber: claims.application.owner,
    subscriberTenantDomain: subscription.subscriberTenantDomain,
    tier: subscription.subscriptionTier,
    type: claims.keytype,
  };
};
