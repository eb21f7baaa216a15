import type { ValuesOf } from '../databridge/stream-definition.ts';
import { THROTTLE_REQUEST } from '../databridge/streams.ts';

/** Streams inside a Traffic Manager that throttling flows through, by id (wire.md 5.3, 5.5). */
export const STREAMS = {
  request: THROTTLE_REQUEST.id,
  processed: 'org.wso2.throttle.processed.request.stream:1.0.0',
  globalThrottle: 'org.wso2.throttle.globalThrottle.stream:1.0.0',
  /** With `evaluatedConditions`: what the plans of resource policies write. */
  conditionalThrottle: 'org.wso2.throttle.globalThrottle.stream:1.1.0',
} as const;

/** One accepted request, as gateways publish it. */
export type RequestEvent = ValuesOf<typeof THROTTLE_REQUEST.payload>;

export const REQUEST_ATTRIBUTES: readonly (keyof RequestEvent)[] = THROTTLE_REQUEST.payload.map(([name]) => name);

/** Attributes of the processed stream: another order than that of the request stream (wire.md 5.3). */
export const PROCESSED_ATTRIBUTES = [
  'messageID',
  'appKey',
  'appTier',
  'subscriptionKey',
  'apiKey',
  'apiTier',
  'subscriptionTier',
  'resourceKey',
  'resourceTier',
  'userId',
  'apiContext',
  'apiVersion',
  'appTenant',
  'apiTenant',
  'appId',
  'apiName',
  'propertiesMap',
] as const;
