export type FaultScope = 'channel' | 'connection';

/** Reply codes with the scope the specification gives them (AMQP 0-9-1, 1.2). */
export const FAULTS = {
  contentTooLarge: { code: 311, scope: 'channel' },
  noRoute: { code: 312, scope: 'channel' },
  connectionForced: { code: 320, scope: 'connection' },
  accessRefused: { code: 403, scope: 'channel' },
  notFound: { code: 404, scope: 'channel' },
  resourceLocked: { code: 405, scope: 'channel' },
  preconditionFailed: { code: 406, scope: 'channel' },
  frameError: { code: 501, scope: 'connection' },
  syntaxError: { code: 502, scope: 'connection' },
  commandInvalid: { code: 503, scope: 'connection' },
  channelError: { code: 504, scope: 'connection' },
  unexpectedFrame: { code: 505, scope: 'connection' },
  resourceError: { code: 506, scope: 'connection' },
  notAllowed: { code: 530, scope: 'connection' },
  notImplemented: { code: 540, scope: 'connection' },
  internalError: { code: 541, scope: 'connection' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly scope: FaultScope }>>;

export type FaultName = keyof typeof FAULTS;

/** A wrong of the peer that ends its channel or its connection, with the code and the sentence that `close` carries. */
export class AmqpFault extends Error {
  override readonly name = 'AmqpFault';
  readonly code: number;
  readonly scope: FaultScope;

  constructor(fault: FaultName, text: string, scope: FaultScope = FAULTS[fault].scope) {
    super(text);
    this.code = FAULTS[fault].code;
    this.scope = scope;
  }
}

/** Bytes that the text of a `close` may have. */
const TEXT_LIMIT = 255;

/** The text cut down to what a `close` can carry; a cut character at the end is dropped. */
export const replyText = (text: string): string =>
  Buffer.from(text)
    .subarray(0, TEXT_LIMIT)
    .toString()
    .replace(/\uFFFD$/, '');
