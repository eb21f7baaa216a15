import { randomUUID } from 'node:crypto';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import type { Api } from '../../publisher/model/api.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { DevportalContext } from '../context.ts';
import type { Application } from '../model/application.ts';
import { lockApplication } from '../stores/applications.ts';
import { insertSubscription, isSubscribed, type Subscription } from '../stores/subscriptions.ts';
import { checkSubscriptionPolicy } from './check-subscription-policy.ts';

/**
 * Subscribes an application to an API. No key of the table keeps a second one out: whoever subscribes an application holds its
 * row meanwhile.
 * @throws RestError 403 for a policy that is not the API's, 404 for an API that takes no subscriptions, 409 for a second one
 */
export const subscribe = (
  { apim }: DevportalContext,
  api: Api,
  application: Application,
  throttlingPolicy: string,
): Promise<Subscription> => {
  checkSubscriptionPolicy(api, throttlingPolicy);
  if (api.status !== 'PUBLISHED') {
    throw new RestError('notFound', `Subscriptions not allowed on APIs/API Products in the state: ${api.status}`);
  }
  const subscription = {
    id: randomUUID(),
    status: 'UNBLOCKED',
    throttlingPolicy,
    apiId: api.id,
    apiRowId: api.rowId,
    applicationId: application.id,
    applicationRowId: application.rowId,
    owner: application.owner,
  };
  return retryWhenBeaten(() =>
    apim.transaction(async (statements) => {
      if (!(await lockApplication(statements, application.rowId))) {
        throw new RestError('notFound', `Requested Application with Id '${application.id}' not found`);
      }
      if (await isSubscribed(statements, subscription)) {
        const reason = `Specified subscription already exists for API ${api.name}-${api.version} for application ${application.name}`;
        throw new RestError('alreadyExists', reason);
      }
      return { ...subscription, rowId: await insertSubscription(statements, subscription) };
    }),
  );
};
