import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { MANAGE_SUBSCRIPTIONS } from './scopes.ts';

/** Operations whose paths look like that of a subscription, so that the listener would answer 405 to them. */
export const notSimulatedRoutes: readonly RestRoute[] = (
  [
    // Another policy for a subscription; `/subscriptions/multiple`.
    ['PUT', '/subscriptions/:subscriptionId'],
    ['POST', '/subscriptions/:operation'],
  ] as const
).map(([method, path]) => ({
  method,
  path,
  scopes: MANAGE_SUBSCRIPTIONS,
  handle: (call) => {
    throw new RestError('notSimulated', `The simulator does not simulate ${call.method} ${call.path}`);
  },
}));
