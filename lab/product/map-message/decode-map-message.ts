import { Malformed } from '../amqp/malformed.ts';
import { decodeAmqpMap } from './amqp-map.ts';
import { decodeJmsMap } from './jms-map.ts';
import type { MapMessage } from './map-message.ts';

/** Content types of the two encodings of a MapMessage (wire.md 5.8). */
export const MAP_TYPES = { amqp: 'amqp/map', jms: 'jms/map-message' } as const;

/** A MapMessage by its content type. @throws Malformed another type, or a body that is no such map */
export const decodeMapMessage = (contentType: string | undefined, body: Buffer): MapMessage => {
  if (contentType === MAP_TYPES.amqp) return decodeAmqpMap(body);
  if (contentType === MAP_TYPES.jms) return decodeJmsMap(body);
  throw new Malformed(`a message of type ${contentType ?? '(none)'} is no MapMessage`);
};
