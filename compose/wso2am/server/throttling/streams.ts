import type { Version } from '../../../../lab/product/versions.ts';
import type { Row } from './siddhi/values.ts';

/** Streams of the Traffic Manager that throttling flows through (wire.md 5.3, 5.5, 5.10). */
export const STREAMS = {
  request: 'org.wso2.throttle.request.stream:1.0.0',
  processed: 'org.wso2.throttle.processed.request.stream:1.0.0',
  globalThrottle: 'org.wso2.throttle.globalThrottle.stream:1.0.0',
  /** With `evaluatedConditions`: what the plans of resource policies write. */
  conditionalThrottle: 'org.wso2.throttle.globalThrottle.stream:1.1.0',
  blocking: 'org.wso2.blocking.request.stream:1.0.0',
  keyTemplate: 'org.wso2.keytemplate.request.stream:1.0.0',
} as const;

/** Attributes of the request stream in the order of the wire, all of them STRING. */
export const REQUEST_ATTRIBUTES = [
  'messageID',
  'appKey',
  'appTier',
  'apiKey',
  'apiTier',
  'subscriptionKey',
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
  'properties',
] as const;

export type RequestAttribute = (typeof REQUEST_ATTRIBUTES)[number];

/** One accepted request, as gateways publish it. */
export type RequestEvent = Readonly<Record<RequestAttribute, string>>;

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

/** Attributes of the blocking stream; from 3.1 on they begin with an INT id (wire.md 5.10). */
export const blockingAttributes = (version: Version): readonly string[] => {
  const common = ['blockingCondition', 'conditionValue', 'state', 'tenantDomain'];
  return version === '3.0.0' ? common : ['id', ...common];
};

export const KEY_TEMPLATE_ATTRIBUTES = ['keyTemplateValue', 'keyTemplateState'] as const;

/**
 * The payload of an event as a row; an empty text travels as null (wire.md 5.1). Checked by hand: this happens for every
 * request of every gateway.
 * @throws TypeError unless it is seventeen texts
 */
export const requestRow = (payload: readonly unknown[]): Row => {
  const row: Record<string, string> = {};
  for (const [index, name] of REQUEST_ATTRIBUTES.entries()) {
    const value = payload[index] ?? '';
    if (typeof value !== 'string') throw new TypeError(`${name} of ${STREAMS.request} is no text`);
    row[name] = value;
  }
  if (payload.length === REQUEST_ATTRIBUTES.length) return row;
  throw new TypeError(`an event of ${STREAMS.request} has ${REQUEST_ATTRIBUTES.length} values, not ${payload.length}`);
};

/** The payload of an event, for the databridge. */
export const requestPayload = (event: RequestEvent): readonly string[] => REQUEST_ATTRIBUTES.map((name) => event[name]);
