import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Version } from '../../../../../lab/product/versions.ts';
import { ipNumber } from '../ip-number.ts';
import type { RequestEvent } from '../streams.ts';
import { apiKey, applicationKey, resourceKey, resourceTier, subscriptionKey } from './throttle-keys.ts';
import type { ThrottledRequest, ThrottledResource } from './throttled-request.ts';

export type ThrottleEventOptions = {
  readonly version: Version;
  /** `apim.throttling.enable_header_based_throttling` and its kin (configuration.md 5.6); all off by default. */
  readonly withHeaders: boolean;
  readonly withQuery: boolean;
  readonly withJwtClaims: boolean;
};

/** The event that a gateway publishes for an accepted request, one per resource (wire.md 5.3). */
export const throttleEvent = (
  request: ThrottledRequest,
  resource: ThrottledResource,
  options: ThrottleEventOptions,
): RequestEvent => ({
  messageID: `urn:uuid:${randomUUID()}`,
  appKey: applicationKey(request),
  appTier: request.application.tier,
  apiKey: apiKey(request),
  apiTier: request.apiTier ?? '',
  subscriptionKey: subscriptionKey(request),
  subscriptionTier: request.subscription.tier,
  resourceKey: resourceKey(request, resource),
  resourceTier: resourceTier(request, resource),
  userId: request.user,
  apiContext: request.apiContext,
  apiVersion: request.apiVersion,
  appTenant: request.application.tenant,
  apiTenant: request.apiTenant,
  appId: request.application.id,
  apiName: request.apiName,
  properties: propertiesOf(request, options),
});

/**
 * JSON text with everything that conditions may look at, in one flat object: a claim called like a header takes its place.
 * The numbers are written by hand, because that of an IPv6 address has more digits than JSON.stringify can keep.
 */
const propertiesOf = (request: ThrottledRequest, options: ThrottleEventOptions): string => {
  const number = ipNumber(request.clientIp) ?? 0n;
  const six = isIPv6(request.clientIp);
  const addresses = [
    `"ip":${six ? 0n : number}`,
    ...(options.version === '3.2.0' ? [`"ipv6":${six ? number : 0n}`] : []),
  ];
  const others = Object.entries({
    ...(options.withHeaders && request.headers),
    ...(options.withQuery && request.query),
    ...(options.withJwtClaims && request.jwtClaims),
    ...(request.messageSize !== undefined && contentOf(request, request.messageSize)),
  }).filter(([name]) => name !== 'ip' && name !== 'ipv6');
  return `{${[...addresses, ...others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)].join(',')}}`;
};

/** For policies by bandwidth the event says how much came, and from whom. */
const contentOf = ({ application, keyType }: ThrottledRequest, messageSize: number) => ({
  messageSize,
  applicationName: application.name,
  subscriptionType: keyType,
});
