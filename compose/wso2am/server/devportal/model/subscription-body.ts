import type { Api } from '../../publisher/model/api.ts';
import type { Subscription } from '../stores/subscriptions.ts';
import { apiInfoBody } from './api-body.ts';
import type { Application } from './application.ts';
import { applicationInfoBody } from './application-body.ts';

/** A subscription with both its sides; one that went away meanwhile is null. */
export const subscriptionBody = (
  { id, applicationId, apiId, throttlingPolicy, status }: Subscription,
  api: Api | undefined,
  application: Application | undefined,
): object => ({
  subscriptionId: id,
  applicationId,
  apiId,
  apiInfo: api ? apiInfoBody(api) : null,
  applicationInfo: application ? applicationInfoBody(application) : null,
  throttlingPolicy,
  status,
  redirectionParams: null,
});
