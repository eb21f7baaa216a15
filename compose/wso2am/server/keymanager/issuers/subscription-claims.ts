import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Subscription } from '../stores/applications.ts';
import type { JwtClaims } from './sign-jwt.ts';

/** What a token or an API key says of subscriptions, for gateways to decide by (wire.md 1.4). */
export const subscriptionClaims = (subscriptions: readonly Subscription[]): JwtClaims => ({
  subscribedAPIs: subscriptions.map(({ api, tier }) => ({
    name: api.name,
    context: api.context,
    version: api.version,
    publisher: api.provider,
    subscriptionTier: tier,
    subscriberTenantDomain: SUPER_TENANT_DOMAIN,
  })),
  tierInfo: Object.fromEntries(
    subscriptions.map(({ tier, stopOnQuotaReach, spikeArrestLimit, spikeArrestUnit }) => [
      tier,
      { stopOnQuotaReach, spikeArrestLimit, spikeArrestUnit },
    ]),
  ),
});
