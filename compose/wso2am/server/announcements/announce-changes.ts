import type { Role } from '../../../../lab/product/roles.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { gatewayEnvironments } from '../config/gateway-environments.ts';
import { upstreamAgent } from '../gateway/upstream-agent.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import type { CacheInvalidator } from './cache-invalidator.ts';
import { eventCacheInvalidator } from './event-cache-invalidator.ts';
import { invalidateCaches } from './invalidate-caches.ts';
import { notifyGateways } from './notify-gateways.ts';
import { passOnPortalRevocations } from './pass-on-portal-revocations.ts';
import { persistRevocations } from './persist-revocations.ts';
import { reportRevocations } from './report-revocations.ts';
import { soapCacheInvalidator } from './soap-cache-invalidator.ts';

export type AnnouncementParts = {
  readonly publisher: EventPublisher;
  /** PEM; whom this node trusts when it calls gateways. */
  readonly trusted: readonly string[];
};

/** Roles whose nodes change what gateways know: users and tokens, APIs, applications, policies. */
const ANNOUNCERS: readonly Role[] = ['key-manager', 'publisher', 'developer-portal', 'all-in-one'];

const CLASS = 'org.wso2.carbon.apimgt.impl.caching.CacheInvalidator';

/** Lets gateways hear of what changes on this node, in the way of its version (wire.md 4.2). */
export const announceChanges = (context: CarbonContext, { publisher, trusted }: AnnouncementParts): void => {
  if (!ANNOUNCERS.includes(context.role)) return;
  invalidateCaches(context, invalidatorOf(context, { publisher, trusted }));
  reportRevocations(context, trusted);
  passOnPortalRevocations(context, publisher, trusted);
  if (context.version === '3.2.0') notifyGateways({ events: context.events, publisher, clock: Date.now });
  else persistRevocations(context, trusted);
};

const invalidatorOf = (context: CarbonContext, { publisher, trusted }: AnnouncementParts): CacheInvalidator => {
  if (context.version !== '3.0.0') return eventCacheInvalidator(publisher);
  const { environments } = gatewayEnvironments(context.configuration, context.properties);
  return soapCacheInvalidator(environments, upstreamAgent(trusted), context.log(CLASS));
};
