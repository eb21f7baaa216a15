import { LIMITS } from '../limits.ts';
import type { Message } from '../routing/message.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { type ContentHeader, decodeContentHeader } from '../wire/content.ts';
import type { Named } from '../wire/methods.ts';
import { decodeProperties } from '../wire/properties.ts';

type Publish = Named<'basicPublish'>['fields'];

/** A message that is whole, with what its publisher wants to know about it. */
export type Published = { readonly message: Message; readonly mandatory: boolean };

/** Counts bytes of unfinished messages on all channels of a connection. */
export type Budget = { unfinished: number };

/** Puts the frames of one channel's messages together: method, header, bodies. */
export class IncomingContent {
  readonly #budget: Budget;
  #publish: Publish | undefined;
  #header: ContentHeader | undefined;
  #pieces: Buffer[] = [];
  #received = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Whether a message is under way: no other method may come in between. */
  get isOpen(): boolean {
    return this.#publish !== undefined;
  }

  begin(publish: Publish): void {
    this.#publish = publish;
  }

  /** The message, when it has no body. @throws AmqpFault 311, 505, 506; Malformed */
  header(payload: Buffer): Published | undefined {
    if (!this.#publish || this.#header) throw new AmqpFault('unexpectedFrame', 'content header without a publish');
    const header = decodeContentHeader(payload);
    decodeProperties(header.properties);
    if (header.bodySize > LIMITS.messageBytes) {
      this.abandon();
      throw new AmqpFault('contentTooLarge', `message of ${header.bodySize} bytes, more than ${LIMITS.messageBytes}`);
    }
    // A copy: the frame is a part of a far larger read, which a queued message must not keep alive.
    this.#header = { bodySize: header.bodySize, properties: Buffer.from(header.properties) };
    return this.#whole();
  }

  /** The message, when this was the last piece. @throws AmqpFault 501, 505, 506 */
  body(payload: Buffer): Published | undefined {
    if (!this.#header) throw new AmqpFault('unexpectedFrame', 'content body without a header');
    this.#received += payload.length;
    this.#budget.unfinished += payload.length;
    if (this.#received > this.#header.bodySize) throw new AmqpFault('frameError', 'more content than announced');
    if (this.#budget.unfinished > LIMITS.unfinishedBytes)
      throw new AmqpFault('resourceError', 'too many bytes of unfinished messages');
    this.#pieces.push(payload);
    return this.#whole();
  }

  /** Forgets what is under way. */
  abandon(): void {
    this.#budget.unfinished -= this.#received;
    this.#received = 0;
    this.#pieces = [];
    this.#publish = undefined;
    this.#header = undefined;
  }

  #whole(): Published | undefined {
    const publish = this.#publish;
    const header = this.#header;
    if (!publish || !header || this.#received < header.bodySize) return undefined;
    const { exchange, routingKey, mandatory } = publish;
    const message = { exchange, routingKey, properties: header.properties, body: Buffer.concat(this.#pieces) };
    this.abandon();
    return { message, mandatory };
  }
}
