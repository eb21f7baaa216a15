import { z } from 'zod';
import { SUPER_TENANT_ID } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';

const row = z
  .object({
    SUBSCRIPTION_ID: z.number(),
    TIER_ID: z.string().nullable(),
    API_ID: z.number(),
    APPLICATION_ID: z.number(),
    SUB_STATUS: z.string().nullable(),
  })
  .transform((subscription) => ({
    subscriptionId: subscription.SUBSCRIPTION_ID,
    policyId: subscription.TIER_ID,
    apiId: subscription.API_ID,
    appId: subscription.APPLICATION_ID,
    subscriptionState: subscription.SUB_STATUS,
  }));

export type SubscriptionQuery = { readonly apiId: number | null; readonly appId: number | null };

/** Subscriptions as gateways of 3.2.0 keep them (wire.md 2.3); `policyId` is the name of the policy. */
export const listSubscriptions = async (
  statements: Statements,
  { apiId, appId }: SubscriptionQuery,
): Promise<readonly object[]> => {
  const rows = await statements.query(
    `SELECT b.SUBSCRIPTION_ID, b.TIER_ID, b.API_ID, b.APPLICATION_ID, b.SUB_STATUS
     FROM AM_SUBSCRIPTION b JOIN AM_APPLICATION a ON a.APPLICATION_ID = b.APPLICATION_ID
     JOIN AM_SUBSCRIBER s ON s.SUBSCRIBER_ID = a.SUBSCRIBER_ID
     WHERE b.SUBS_CREATE_STATE = 'SUBSCRIBE' AND s.TENANT_ID = ?
       AND (? IS NULL OR b.API_ID = ?) AND (? IS NULL OR b.APPLICATION_ID = ?) ORDER BY b.SUBSCRIPTION_ID`,
    [SUPER_TENANT_ID, apiId, apiId, appId, appId],
  );
  return rows.map((each) => row.parse(each));
};
