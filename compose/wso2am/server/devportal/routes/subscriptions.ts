import { z } from 'zod';
import type { User } from '../../carbon/user-store.ts';
import { json } from '../../carbon/web.ts';
import { findApi, listApis } from '../../publisher/stores/apis.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { subscriptionBody } from '../model/subscription-body.ts';
import { subscriptionChange } from '../model/subscription-change.ts';
import { type SubscriptionFields, subscriptionFields } from '../model/subscription-fields.ts';
import { requireApplication } from '../rules/require-application.ts';
import { requireSubscription } from '../rules/require-subscription.ts';
import { subscribe } from '../rules/subscribe.ts';
import { requireVisibleApi } from '../rules/visible-apis.ts';
import { findApplication, listApplications } from '../stores/applications.ts';
import { deleteSubscription, listSubscriptions } from '../stores/subscriptions.ts';
import { MANAGE_SUBSCRIPTIONS } from './scopes.ts';

/** Subscriptions of the caller's applications (wire.md 7.2, step 7). */
export const subscriptionRoutes = (context: DevportalContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/subscriptions',
    scopes: MANAGE_SUBSCRIPTIONS,
    handle: async (call, { user }) => {
      const made = await makeSubscription(context, await jsonBody(call, subscriptionFields), user);
      return json(201, made.body, { Location: locationOf(context, `/subscriptions/${made.id}`) });
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/multiple',
    scopes: MANAGE_SUBSCRIPTIONS,
    // One after the other, as in the product: those before one that fails stay.
    handle: async (call, { user }) => {
      const bodies: object[] = [];
      for (const fields of await jsonBody(call, z.array(subscriptionFields))) {
        bodies.push((await makeSubscription(context, fields, user)).body);
      }
      return json(200, bodies);
    },
  },
  {
    method: 'GET',
    path: '/subscriptions',
    scopes: MANAGE_SUBSCRIPTIONS,
    handle: async (call, { user }) => {
      const apiId = call.query.get('apiId') ?? '';
      const applicationId = call.query.get('applicationId') ?? '';
      if (apiId === '' && applicationId === '') {
        throw new RestError('badRequest', 'Either applicationId or apiId should be available');
      }
      if (apiId !== '') await requireVisibleApi(context, apiId, user);
      if (applicationId !== '') await requireApplication(context.apim, applicationId, user);
      const found = (await listSubscriptions(context.apim, user.name)).filter(
        (each) =>
          (apiId === '' || each.apiId === apiId) && (applicationId === '' || each.applicationId === applicationId),
      );
      const apis = new Map((await listApis(context)).map((api) => [api.id, api]));
      const own = await listApplications(context.apim, user.name);
      const applications = new Map(own.map((application) => [application.id, application]));
      const bodies = found.map((each) =>
        subscriptionBody(context.version, each, apis.get(each.apiId), applications.get(each.applicationId)),
      );
      return json(200, paged(bodies, pageOf(call.query), '/subscriptions', { apiId, applicationId }));
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscriptionId',
    scopes: MANAGE_SUBSCRIPTIONS,
    handle: async (call, { user }) => {
      const subscription = await requireSubscription(context.apim, call.params.subscriptionId ?? '', user);
      const api = await findApi(context, subscription.apiId);
      const application = await findApplication(context.apim, subscription.applicationId);
      return json(200, subscriptionBody(context.version, subscription, api, application));
    },
  },
  {
    method: 'DELETE',
    path: '/subscriptions/:subscriptionId',
    scopes: MANAGE_SUBSCRIPTIONS,
    handle: async (call, { user }) => {
      const subscription = await requireSubscription(context.apim, call.params.subscriptionId ?? '', user);
      await deleteSubscription(context.apim, subscription.id);
      await context.events.subscriptionChanged.fire(subscriptionChange('deleted', subscription));
      return { status: 200 };
    },
  },
];

/** Subscribes as a client asks, and tells the gateways. */
const makeSubscription = async (
  context: DevportalContext,
  fields: SubscriptionFields,
  user: User,
): Promise<{ readonly id: string; readonly body: object }> => {
  const api = await requireVisibleApi(context, fields.apiId, user);
  const application = await requireApplication(context.apim, fields.applicationId, user);
  const subscription = await subscribe(context, api, application, fields.throttlingPolicy);
  await context.events.subscriptionChanged.fire(subscriptionChange('created', subscription));
  const subscribed = { ...application, subscriptionCount: application.subscriptionCount + 1 };
  return { id: subscription.id, body: subscriptionBody(context.version, subscription, api, subscribed) };
};
