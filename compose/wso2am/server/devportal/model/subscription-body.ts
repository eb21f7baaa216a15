import type { Version } from '../../../../../lab/product/versions.ts';
import type { Api } from '../../publisher/model/api.ts';
import type { Subscription } from '../stores/subscriptions.ts';
import { apiInfoBody } from './api-body.ts';
import type { Application } from './application.ts';
import { applicationInfoBody } from './application-body.ts';

/**
 * A subscription with both its sides; one that went away meanwhile is null. 3.2.0 tells the policy of a change that waits for
 * approval as well, which here is never another one.
 */
export const subscriptionBody = (
  version: Version,
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
  ...(version === '3.2.0' ? { requestedThrottlingPolicy: throttlingPolicy } : {}),
  status,
  redirectionParams: null,
});
