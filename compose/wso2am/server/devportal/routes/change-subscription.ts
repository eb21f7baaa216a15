import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { subscriptionBody } from '../model/subscription-body.ts';
import { subscriptionChange } from '../model/subscription-change.ts';
import { subscriptionUpdate } from '../model/subscription-fields.ts';
import { checkSubscriptionPolicy } from '../rules/check-subscription-policy.ts';
import { requireApplication } from '../rules/require-application.ts';
import { requireSubscription } from '../rules/require-subscription.ts';
import { requireVisibleApi } from '../rules/visible-apis.ts';
import { writeSubscriptionPolicy } from '../stores/subscriptions.ts';
import { MANAGE_SUBSCRIPTIONS } from './scopes.ts';

/** States, of the row or in the body, in which the policy of a subscription cannot change. */
const FIXED: readonly string[] = ['BLOCKED', 'ON_HOLD', 'REJECTED'];

/** `PUT /subscriptions/{subscriptionId}`, which came with 3.2.0: another policy for a subscription. */
export const changeSubscriptionRoutes = (context: DevportalContext): readonly RestRoute[] =>
  context.version === '3.2.0' ? [changeSubscription(context)] : [];

const changeSubscription = (context: DevportalContext): RestRoute => ({
  method: 'PUT',
  path: '/subscriptions/:subscriptionId',
  scopes: MANAGE_SUBSCRIPTIONS,
  handle: async (call, { user }) => {
    const before = await requireSubscription(context.apim, call.params.subscriptionId ?? '', user);
    const asked = await jsonBody(call, subscriptionUpdate);
    if (FIXED.includes(asked.status) || FIXED.includes(before.status)) {
      throw new RestError('badRequest', 'Cannot update subscriptions with provided or existing status');
    }
    const api = await requireVisibleApi(context, asked.apiId, user);
    const application = await requireApplication(context.apim, asked.applicationId, user);
    if (api.id !== before.apiId || application.id !== before.applicationId) {
      throw new RestError('badRequest', 'The subscription is of another API or application');
    }
    checkSubscriptionPolicy(api, asked.throttlingPolicy);
    checkSubscriptionPolicy(api, asked.requestedThrottlingPolicy);
    const subscription = { ...before, throttlingPolicy: asked.requestedThrottlingPolicy };
    await writeSubscriptionPolicy(context.apim, subscription);
    await context.events.subscriptionChanged.fire(subscriptionChange('updated', subscription));
    return json(200, subscriptionBody(context.version, subscription, api, application), {
      Location: locationOf(context, `/subscriptions/${subscription.id}`),
    });
  },
});
