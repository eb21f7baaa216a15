import { randomUUID } from 'node:crypto';
import { encodeAmqpMap } from '../../../../lab/product/map-message/amqp-map.ts';
import { MAP_TYPES } from '../../../../lab/product/map-message/decode-map-message.ts';
import type { MapMessage } from '../../../../lab/product/map-message/map-message.ts';
import type { Message } from './routing/message.ts';
import { encodeProperties } from './wire/properties.ts';

/** Value of the header `JMS_QPID_DESTTYPE` that says "topic" (wire.md 5.7). */
const TOPIC_TYPE = 2;

/** JMS defaults: persistent, priority 4. The topic is not durable for all that. */
const PERSISTENT = 2;
const PRIORITY = 4;

/** The exchange of all JMS topics. */
export const TOPIC_EXCHANGE = 'amq.topic';

/** A MapMessage for a topic, with the properties that an Andes producer gives it (wire.md 5.7). */
export const topicMessage = (topic: string, map: MapMessage, userId: string): Message => ({
  exchange: TOPIC_EXCHANGE,
  routingKey: topic,
  body: encodeAmqpMap(map),
  properties: encodeProperties({
    contentType: MAP_TYPES.amqp,
    headers: new Map([['JMS_QPID_DESTTYPE', TOPIC_TYPE]]),
    deliveryMode: PERSISTENT,
    priority: PRIORITY,
    expiration: '0',
    messageId: `ID:${randomUUID()}`,
    timestamp: Date.now(),
    userId,
  }),
});
