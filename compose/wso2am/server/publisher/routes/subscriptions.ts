import { json } from '../../carbon/web.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { requireApi } from '../rules/require-api.ts';
import {
  BLOCK_STATES,
  type BlockState,
  findSubscription,
  listSubscriptions,
  type Subscription,
  writeBlockState,
} from '../stores/subscriptions.ts';

/** Subscriptions of APIs, which the Publisher may block and let go again. */
export const subscriptionRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/subscriptions',
    scopes: ['apim:subscription_view'],
    handle: async (call, { user }) => {
      const apiId = call.query.get('apiId') ?? '';
      const rowId = apiId === '' ? undefined : (await requireApi(context, apiId, user)).rowId;
      const bodies = (await listSubscriptions(context.apim, rowId)).map(subscriptionBody);
      return json(200, paged(bodies, pageOf(call.query), '/subscriptions', { apiId }));
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/block-subscription',
    scopes: ['apim:subscription_block'],
    handle: async (call, { user }) => {
      const asked = call.query.get('blockState') ?? '';
      const state = BLOCK_STATES.find((each) => each === asked);
      if (state === undefined)
        throw new RestError('badRequest', `blockState should be one of [${BLOCK_STATES.join(', ')}]`);
      return json(200, await setState(context, call.query.get('subscriptionId') ?? '', state, user.name));
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/unblock-subscription',
    scopes: ['apim:subscription_block'],
    handle: async (call, { user }) =>
      json(200, await setState(context, call.query.get('subscriptionId') ?? '', 'UNBLOCKED', user.name)),
  },
];

const setState = async (
  { apim, events }: PublisherContext,
  id: string,
  state: BlockState,
  user: string,
): Promise<object> => {
  const subscription = await findSubscription(apim, id);
  if (!subscription) throw new RestError('notFound', `Requested Subscription with Id '${id}' not found`);
  await writeBlockState(apim, subscription.id, state, user);
  await events.subscriptionChanged.fire({
    change: 'updated',
    rowId: subscription.rowId,
    apiRowId: subscription.apiRowId,
    applicationRowId: subscription.application.rowId,
    policy: subscription.throttlingPolicy,
    state,
  });
  return subscriptionBody({ ...subscription, status: state });
};

const subscriptionBody = ({ id, application, throttlingPolicy, status }: Subscription): object => ({
  subscriptionId: id,
  applicationInfo: {
    applicationId: application.id,
    name: application.name,
    subscriber: application.subscriber,
    description: application.description,
    subscriptionCount: null,
  },
  throttlingPolicy,
  subscriptionStatus: status,
});
