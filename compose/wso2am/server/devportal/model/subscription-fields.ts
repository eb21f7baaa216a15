import { z } from 'zod';

const id = z.string().min(1).max(256);
const policy = z.string().min(1).max(50);

/** What a client says about a subscription (wire.md 7.2, step 7). */
export const subscriptionFields = z.object({ apiId: id, applicationId: id, throttlingPolicy: policy });

/** How a client asks for another policy (`Subscription` of the published definition of 3.2.0). */
export const subscriptionUpdate = subscriptionFields.extend({
  requestedThrottlingPolicy: policy,
  status: z.enum(['BLOCKED', 'PROD_ONLY_BLOCKED', 'UNBLOCKED', 'ON_HOLD', 'REJECTED', 'TIER_UPDATE_PENDING']),
});

export type SubscriptionFields = z.infer<typeof subscriptionFields>;
