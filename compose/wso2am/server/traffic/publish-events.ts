import type { BlockingPublisher } from '../admin/blacklist/blocking-event.ts';
import type { KeyTemplatePublisher } from '../admin/policies/custom/key-template-event.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { BLOCKING, BLOCKING_3_0, KEY_TEMPLATE, REVOCATION_3_0 } from '../databridge/streams.ts';
import type { EventPublisher } from './event-publisher.ts';

/**
 * Tells the Traffic Managers of each token that this node revokes. Only 3.0 and 3.1 do it by an event; 3.2 posts to the event
 * hub (wire.md 4.3).
 */
export const publishRevocations = (context: CarbonContext, publisher: EventPublisher): void => {
  const { version, configuration } = context;
  if (version === '3.2.0' || !configuration.flag('apim.token.revocation.enable_realtime_notifier')) return;
  const ttl = configuration.text('apim.token.revocation.realtime_notifier.ttl');
  context.events.tokenRevoked.subscribe(({ token, expiryTime }) => {
    publisher.publish(REVOCATION_3_0, { revokedToken: token, ttl, expiryTime: BigInt(expiryTime) });
  });
};

/** Tells the Traffic Managers of blocking conditions; since 3.1 with the id of their row (wire.md 5.10). */
export const blockingPublisher =
  ({ version }: CarbonContext, publisher: EventPublisher): BlockingPublisher =>
  async ({ id, ...condition }) => {
    if (version === '3.0.0') publisher.publish(BLOCKING_3_0, condition);
    else publisher.publish(BLOCKING, { id, ...condition });
  };

/** Tells the Traffic Managers which key templates gateways shall make keys by (wire.md 5.10). */
export const keyTemplatePublisher =
  (publisher: EventPublisher): KeyTemplatePublisher =>
  async (event) => {
    publisher.publish(KEY_TEMPLATE, event);
  };
