import { randomUUID } from 'node:crypto';
import type { CarbonContext } from '../carbon/context.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import { THROTTLE_REQUEST } from '../databridge/streams.ts';
import type { ValidationInfo } from '../key-validation/validation-info.ts';
import type { Decisions } from '../throttling/gateway/decisions.ts';
import type { ThrottledRequest } from '../throttling/gateway/throttled-request.ts';
import { ipNumber } from '../throttling/ip-number.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import type { Handshake } from './handshake.ts';

/** Whether a frame of so many bytes may pass; one that does is counted. */
export type FrameGate = (bytes: number) => boolean;

/** The gate of a connection. */
export type ThrottleFrames = (handshake: Handshake, caller: ValidationInfo) => FrameGate;

/**
 * Checks each frame, of either side, against what the Traffic Managers decided of API, subscription and application, and tells them of
 * those that pass (carbon-apimgt 6.5.349, WebsocketInboundHandler). Blocking conditions, bursts and custom policies do not reach
 * frames, and the handshake itself is not counted.
 */
export const throttleFrames =
  ({ configuration }: CarbonContext, decisions: Decisions, publisher: EventPublisher): ThrottleFrames =>
  (handshake, caller) => {
    const publishes = configuration.optionalFlag('apim.throttling.enable_data_publishing') ?? false;
    const request = throttledRequest(handshake, caller);
    const keys = keysOf(request);
    return (bytes) => {
      const now = Date.now();
      const throttled =
        decisions.resourceThrottledUntil(keys.api, request, now) !== undefined ||
        decisions.throttledUntil(keys.subscription, now) !== undefined ||
        decisions.throttledUntil(keys.application, now) !== undefined;
      if (!throttled && publishes) publisher.publish(THROTTLE_REQUEST, frameEvent(request, keys, bytes));
      return !throttled;
    };
  };

/** The caller counts as the subscriber, whoever the token is of. */
const throttledRequest = ({ context, version, clientIp }: Handshake, caller: ValidationInfo): ThrottledRequest => {
  const tenant = caller.subscriberTenantDomain || SUPER_TENANT_DOMAIN;
  return {
    apiContext: context,
    apiVersion: version,
    apiName: caller.apiName,
    apiTenant: SUPER_TENANT_DOMAIN,
    apiTier: caller.apiTier,
    resources: [],
    application: {
      id: caller.applicationId,
      name: caller.applicationName,
      tier: caller.applicationTier,
      subscriber: caller.subscriber,
      tenant,
    },
    subscription: { tier: caller.tier, stopOnQuotaReach: caller.stopOnQuotaReach },
    user: caller.subscriber.includes('@') ? caller.subscriber : `${caller.subscriber}@${tenant}`,
    keyType: caller.type === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION',
    clientIp,
    headers: {},
    query: {},
    jwtClaims: {},
  };
};

const keysOf = ({ apiContext, apiVersion, application, user }: ThrottledRequest) => {
  const api = `${apiContext}:${apiVersion}`;
  return { api, application: `${application.id}:${user}`, subscription: `${application.id}:${api}` };
};

/** The event of one frame: the whole API takes the place of a resource. */
const frameEvent = (request: ThrottledRequest, keys: ReturnType<typeof keysOf>, messageSize: number) => {
  const apiTier = request.apiTier ?? '';
  // By hand, because an address may have more digits than JSON.stringify can keep.
  const properties = `{"ip":${ipNumber(request.clientIp) ?? 0n},"messageSize":${messageSize}}`;
  return {
    messageID: `urn:uuid:${randomUUID()}`,
    appKey: keys.application,
    appTier: request.application.tier,
    apiKey: keys.api,
    apiTier,
    subscriptionKey: keys.subscription,
    subscriptionTier: request.subscription.tier,
    resourceKey: keys.api,
    resourceTier: apiTier,
    userId: request.user,
    apiContext: request.apiContext,
    apiVersion: request.apiVersion,
    appTenant: request.application.tenant,
    apiTenant: request.apiTenant,
    appId: request.application.id,
    apiName: request.apiName,
    properties,
  };
};
