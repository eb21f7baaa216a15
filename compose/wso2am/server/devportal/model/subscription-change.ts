import type { Change, SubscriptionChange } from '../../carbon/events.ts';
import type { Subscription } from '../stores/subscriptions.ts';

/** What other nodes hear of a change to a subscription. */
export const subscriptionChange = (change: Change, subscription: Subscription): SubscriptionChange => ({
  change,
  rowId: subscription.rowId,
  apiRowId: subscription.apiRowId,
  applicationRowId: subscription.applicationRowId,
  policy: subscription.throttlingPolicy,
  state: subscription.status,
});
