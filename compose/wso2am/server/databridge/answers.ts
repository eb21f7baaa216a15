import { MalformedMessage } from './malformed-message.ts';

/** First byte of an answer (wire.md 5.1). */
const TYPES = { ok: 0, error: 1, session: 2 } as const;

export type Answer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'session'; readonly sessionId: string }
  /** A Java exception: the product's client makes one of this class, and knows what to do by it. */
  | { readonly kind: 'error'; readonly className: string; readonly message: string };

const EXCEPTIONS = 'org.wso2.carbon.databridge.commons.exception';

/** Classes that the product's client has; any other makes it fail (wire.md 5.1). */
export const EXCEPTION = {
  sessionTimeout: `${EXCEPTIONS}.SessionTimeoutException`,
  authentication: `${EXCEPTIONS}.AuthenticationException`,
  undefinedEventType: `${EXCEPTIONS}.UndefinedEventTypeException`,
} as const;

/** Class name and message of an error together; no text of the product comes near. Bytes. */
const TEXT_LIMIT = 64 * 1024;

export const OK: Answer = { kind: 'ok' };

/** An answer as it goes over the wire. */
export const encodeAnswer = (answer: Answer): Buffer => {
  switch (answer.kind) {
    case 'ok':
      return Buffer.of(TYPES.ok);
    case 'session':
      return framed(TYPES.session, [answer.sessionId]);
    case 'error':
      return framed(TYPES.error, [answer.className, answer.message]);
  }
};

/**
 * Reads an answer from the front of what has arrived; undefined when it is not complete yet.
 * @throws MalformedMessage a type that does not exist, or a text that is too long
 */
export const decodeAnswer = (bytes: Buffer): { readonly answer: Answer; readonly size: number } | undefined => {
  if (bytes.length === 0) return undefined;
  const type = bytes.readUInt8();
  switch (type) {
    case TYPES.ok:
      return { answer: OK, size: 1 };
    case TYPES.session: {
      const read = readTexts(bytes, 1);
      return read && { answer: { kind: 'session', sessionId: read.texts[0] ?? '' }, size: read.size };
    }
    case TYPES.error: {
      const read = readTexts(bytes, 2);
      if (!read) return undefined;
      const [className = '', message = ''] = read.texts;
      return { answer: { kind: 'error', className, message }, size: read.size };
    }
    default:
      throw new MalformedMessage(`Answer type ${type} does not exist`);
  }
};

/** Type, the lengths of all texts, then the texts. */
const framed = (type: number, texts: readonly string[]): Buffer => {
  const parts = texts.map((text) => Buffer.from(text));
  const lengths = Buffer.alloc(4 * parts.length);
  parts.forEach((part, index) => {
    lengths.writeInt32BE(part.length, 4 * index);
  });
  return Buffer.concat([Buffer.of(type), lengths, ...parts]);
};

const readTexts = (
  bytes: Buffer,
  count: number,
): { readonly texts: readonly string[]; readonly size: number } | undefined => {
  let offset = 1 + 4 * count;
  if (bytes.length < offset) return undefined;
  const lengths = Array.from({ length: count }, (_, index) => bytes.readInt32BE(1 + 4 * index));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (lengths.some((length) => length < 0) || total > TEXT_LIMIT)
    throw new MalformedMessage(`An answer of ${total} bytes`);
  if (bytes.length < offset + total) return undefined;
  const texts = lengths.map((length) => {
    const from = offset;
    offset += length;
    return bytes.toString('utf8', from, offset);
  });
  return { texts, size: offset };
};
