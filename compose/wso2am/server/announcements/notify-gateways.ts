import { randomUUID } from 'node:crypto';
import type { CarbonEvents } from '../carbon/events.ts';
import { SUPER_TENANT_DOMAIN, SUPER_TENANT_ID } from '../carbon/user-store.ts';
import { KEY_MANAGER, NOTIFICATION } from '../databridge/streams.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import {
  apiEvent,
  applicationEvent,
  keyManagerEvent,
  type NotificationEvent,
  policyEvent,
  registrationEvent,
  savedApiEvent,
  subscriptionEvent,
} from './notification-events.ts';

export type Notifying = {
  readonly events: CarbonEvents;
  readonly publisher: Pick<EventPublisher, 'publish'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
};

/**
 * Tells the gateways of 3.2.0, which hold all that they decide by in memory, of each change to it: an event to the Traffic
 * Managers, which pass it on to the topic `notification`, or `keyManager` (wire.md 2.3, 5.9).
 */
export const notifyGateways = ({ events, publisher, clock }: Notifying): void => {
  const notify = (event: NotificationEvent | undefined): void => {
    if (!event) return;
    const timestamp = clock();
    const envelope = {
      eventId: randomUUID(),
      timeStamp: timestamp,
      type: event.type,
      tenantId: SUPER_TENANT_ID,
      tenantDomain: SUPER_TENANT_DOMAIN,
    };
    const text = JSON.stringify({ ...event.fields, ...envelope });
    publisher.publish(NOTIFICATION, {
      eventType: event.type,
      timestamp: BigInt(timestamp),
      event: Buffer.from(text, 'utf8').toString('base64'),
    });
  };
  events.apiChanged.subscribe((change) => notify(apiEvent(change)));
  events.apiSaved.subscribe((saved) => notify(savedApiEvent(saved)));
  events.applicationChanged.subscribe((change) => notify(applicationEvent(change)));
  events.keysGenerated.subscribe((keys) => notify(registrationEvent(keys)));
  events.subscriptionChanged.subscribe((change) => notify(subscriptionEvent(change)));
  events.keyManagerChanged.subscribe((change) => {
    publisher.publish(KEY_MANAGER, keyManagerEvent(change));
  });
  events.policyChanged.subscribe((change) => notify(policyEvent(change)));
};
