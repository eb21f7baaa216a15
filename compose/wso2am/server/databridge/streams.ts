import type { Version } from '../../../../lab/product/versions.ts';
import type { Attributes, StreamDefinition } from './stream-definition.ts';

/** All streams of the product carry payload attributes only. */
const stream = <const P extends Attributes>(id: string, payload: P): StreamDefinition<P> => ({
  id,
  meta: [],
  correlation: [],
  payload,
});

/** One event per accepted request (wire.md 5.3). */
export const THROTTLE_REQUEST = stream('org.wso2.throttle.request.stream:1.0.0', [
  ['messageID', 'STRING'],
  ['appKey', 'STRING'],
  ['appTier', 'STRING'],
  ['apiKey', 'STRING'],
  ['apiTier', 'STRING'],
  ['subscriptionKey', 'STRING'],
  ['subscriptionTier', 'STRING'],
  ['resourceKey', 'STRING'],
  ['resourceTier', 'STRING'],
  ['userId', 'STRING'],
  ['apiContext', 'STRING'],
  ['apiVersion', 'STRING'],
  ['appTenant', 'STRING'],
  ['apiTenant', 'STRING'],
  ['appId', 'STRING'],
  ['apiName', 'STRING'],
  ['properties', 'STRING'],
]);

const BLOCKING_ID = 'org.wso2.blocking.request.stream:1.0.0';

/** Blocking conditions of 3.0.0 (wire.md 5.10). */
export const BLOCKING_3_0 = stream(BLOCKING_ID, [
  ['blockingCondition', 'STRING'],
  ['conditionValue', 'STRING'],
  ['state', 'STRING'],
  ['tenantDomain', 'STRING'],
]);

/** Since 3.1.0 they carry their row's id, under the same stream id: nodes of both kinds cannot read each other (wire.md 5.10). */
export const BLOCKING = stream(BLOCKING_ID, [
  ['id', 'INT'],
  ['blockingCondition', 'STRING'],
  ['conditionValue', 'STRING'],
  ['state', 'STRING'],
  ['tenantDomain', 'STRING'],
]);

/** Custom policies (wire.md 5.10). */
export const KEY_TEMPLATE = stream('org.wso2.keytemplate.request.stream:1.0.0', [
  ['keyTemplateValue', 'STRING'],
  ['keyTemplateState', 'STRING'],
]);

const REVOCATION_ID = 'org.wso2.apimgt.token.revocation.stream:1.0.0';

/** Revoked tokens of 3.0.0 and 3.1.0, from the Key Manager (wire.md 4.3). */
export const REVOCATION_3_0 = stream(REVOCATION_ID, [
  ['revokedToken', 'STRING'],
  ['ttl', 'STRING'],
  ['expiryTime', 'LONG'],
]);

/** Revoked tokens of 3.2.0, from the Traffic Manager's event hub (wire.md 4.3). */
export const REVOCATION = stream(REVOCATION_ID, [
  ['eventId', 'STRING'],
  ['revokedToken', 'STRING'],
  ['ttl', 'STRING'],
  ['expiryTime', 'LONG'],
  ['type', 'STRING'],
  ['tenantId', 'INT'],
]);

/** What gateways shall forget (wire.md 4.5). */
export const CACHE_INVALIDATION = stream('org.wso2.apimgt.cache.invalidation.stream:1.0.0', [
  ['type', 'STRING'],
  ['value', 'STRING'],
]);

/** Changes of APIs, applications, subscriptions, policies (wire.md 5.9; carbon-apimgt, eventstreams). */
export const NOTIFICATION = stream('org.wso2.apimgt.notification.stream:1.0.0', [
  ['eventType', 'STRING'],
  ['timestamp', 'LONG'],
  ['event', 'STRING'],
]);

/** Changes of key managers (wire.md 5.9; carbon-apimgt, eventstreams). */
export const KEY_MANAGER = stream('org.wso2.apimgt.keymgt.stream:1.0.0', [
  ['event_type', 'STRING'],
  ['action', 'STRING'],
  ['name', 'STRING'],
  ['type', 'STRING'],
  ['enabled', 'BOOL'],
  ['value', 'STRING'],
  ['tenantDomain', 'STRING'],
]);

const STREAMS: Readonly<Record<Version, readonly StreamDefinition[]>> = {
  '3.0.0': [THROTTLE_REQUEST, BLOCKING_3_0, KEY_TEMPLATE, REVOCATION_3_0],
  '3.1.0': [THROTTLE_REQUEST, BLOCKING, KEY_TEMPLATE, REVOCATION_3_0, CACHE_INVALIDATION],
  '3.2.0': [THROTTLE_REQUEST, BLOCKING, KEY_TEMPLATE, REVOCATION, CACHE_INVALIDATION, NOTIFICATION, KEY_MANAGER],
};

/** The streams that a node of this version knows, by id. */
export const streamsOf = (version: Version): ReadonlyMap<string, StreamDefinition> =>
  new Map(STREAMS[version].map((each) => [each.id, each]));
