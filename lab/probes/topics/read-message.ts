import { Malformed } from '../../product/amqp/malformed.ts';
import { decodeMapMessage } from '../../product/map-message/decode-map-message.ts';
import { plainValues } from '../../product/map-message/map-message.ts';

/** What a message holds. */
export type MessageContent = {
  /** Bare values by name; none where the message could not be read. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Why it could not be read. */
  readonly malformed?: string;
};

/** Reads a message of a topic, in either encoding (wire.md 5.8). */
export const readMessage = (contentType: unknown, body: Buffer): MessageContent => {
  try {
    return { values: plainValues(decodeMapMessage(typeof contentType === 'string' ? contentType : undefined, body)) };
  } catch (error) {
    if (error instanceof Malformed) return { values: {}, malformed: error.message };
    throw error;
  }
};
