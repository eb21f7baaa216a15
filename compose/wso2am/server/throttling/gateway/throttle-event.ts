import { randomUUID } from 'node:crypto';
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
  const { withHeaders, withQuery, withJwtClaims, version } = options;
  const number = ipNumber(request.clientIp) ?? 0n;
  const six = request.clientIp.includes(':');
  const ip = `"ip":${six ? 0n : number}`;
  const addresses = version === '3.2.0' ? `${ip},"ipv6":${six ? number : 0n}` : ip;
  // What nearly every event is left with.
  if (!withHeaders && !withQuery && !withJwtClaims && request.messageSize === undefined) return `{${addresses}}`;
  const others = Object.entries({
    ...(withHeaders && request.headers),
    ...(withQuery && request.query),
    ...(withJwtClaims && request.jwtClaims),
    ...(request.messageSize !== undefined && contentOf(request, request.messageSize)),
  }).filter(([name]) => name !== 'ip' && name !== 'ipv6');
  return `{${[addresses, ...others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)].join(',')}}`;
};

/** For policies by bandwidth the event says how much came, and from whom. */
const contentOf = ({ application, keyType }: ThrottledRequest, messageSize: number) => ({
  messageSize,
  applicationName: application.name,
  subscriptionType: keyType,
});
