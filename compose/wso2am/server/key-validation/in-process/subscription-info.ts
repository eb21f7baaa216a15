import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { SubscriptionData } from '../../subscription-data/subscription-data.ts';
import { subscriptionStatus } from '../subscription-status.ts';
import { EMPTY_INFO, THROTTLING_DATA, VALIDATION_STATUS, type ValidationInfo } from '../validation-info.ts';

export type CallingClient = {
  readonly consumerKey: string;
  /** Name of the Key Manager that has the client. */
  readonly keyManager: string;
  readonly context: string;
  /** Without `_default_`. */
  readonly version: string;
};

/** `quotaType` of policies that count bytes. */
const BANDWIDTH = 'bandwidthVolume';

const refused = (validationStatus: number): ValidationInfo => ({ ...EMPTY_INFO, validationStatus });

/**
 * Whether the application behind a client may call an API, out of the gateway's memory: client, application, subscription,
 * policies (wire.md 2.3). What cannot be found, or asked for, counts as no subscription. The token's part is left empty.
 */
export const subscriptionInfo = async (
  data: SubscriptionData,
  { consumerKey, keyManager, context, version }: CallingClient,
): Promise<ValidationInfo> => {
  const api = await data.api(context, version);
  const keys = await data.keyMapping(consumerKey, keyManager);
  const application = api && keys && (await data.application(keys.applicationId));
  const subscription = api && application && (await data.subscription(api.apiId, application.id));
  if (!api || !keys || !application || !subscription) return refused(VALIDATION_STATUS.noSubscription);

  const status = subscriptionStatus(subscription.subscriptionState, keys.keyType);
  if (status !== VALIDATION_STATUS.ok) return refused(status);

  const ofApplication = await data.applicationPolicy(application.policy);
  const ofSubscription = await data.subscriptionPolicy(subscription.policyId);
  const ofApi = [api.policy, ...api.urlMappings.map(({ throttlingPolicy }) => throttlingPolicy)].flatMap((name) => {
    const policy = data.apiPolicy(name);
    return policy ? [policy, ...policy.conditionGroups] : [];
  });
  const policies = [ofApplication, ofSubscription, ...ofApi];
  return {
    ...EMPTY_INFO,
    apiName: api.name,
    apiPublisher: api.provider,
    apiTier: api.policy,
    applicationId: String(application.id),
    applicationName: application.name,
    applicationTier: application.policy,
    authorized: true,
    consumerKey,
    contentAware: policies.some((policy) => policy?.quotaType === BANDWIDTH),
    spikeArrestLimit: Math.max(ofSubscription?.rateLimitCount ?? 0, 0),
    spikeArrestUnit: ofSubscription?.rateLimitTimeUnit ?? '',
    stopOnQuotaReach: ofSubscription?.stopOnQuotaReach ?? true,
    subscriber: application.subName,
    subscriberTenantDomain: SUPER_TENANT_DOMAIN,
    throttlingDataList: THROTTLING_DATA,
    tier: subscription.policyId,
    type: keys.keyType,
  };
};
