import type { User } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { findSubscription, type Subscription } from '../stores/subscriptions.ts';
import { UUID } from './require-application.ts';

/** The user's own subscription. @throws RestError 404, or 403 for another user's */
export const requireSubscription = async (statements: Statements, id: string, user: User): Promise<Subscription> => {
  const subscription = UUID.test(id) ? await findSubscription(statements, id) : undefined;
  if (!subscription) throw new RestError('notFound', `Requested Subscription with Id '${id}' not found`);
  if (subscription.owner !== user.name) {
    throw new RestError('forbidden', `User is not authorized to access the Subscription with Id '${id}'`);
  }
  return subscription;
};
