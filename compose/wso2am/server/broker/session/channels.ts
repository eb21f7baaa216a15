import { AmqpFault, replyText } from '../wire/amqp-fault.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { decodeMethod, METHODS, type MethodId } from '../wire/methods.ts';
import { Channel } from './channel.ts';
import type { Outlet } from './outlet.ts';

/** The channels of one connection; opens, serves and closes them. */
export class Channels {
  readonly #open = new Map<number, Channel>();
  /** Closed by us; whatever comes before their `close-ok` was sent before our `close` arrived. */
  readonly #closing = new Set<number>();
  readonly #outletOf: (channel: number) => Outlet;
  readonly #channelMax: number;

  constructor(channelMax: number, outletOf: (channel: number) => Outlet) {
    this.#channelMax = channelMax;
    this.#outletOf = outletOf;
  }

  /** @throws AmqpFault of the connection; those of a channel end it here; Malformed */
  handle(frame: Frame): void {
    const channel = this.#open.get(frame.channel);
    try {
      if (channel) this.#serve(frame, channel);
      else if (this.#closing.has(frame.channel)) this.#awaitCloseOk(frame);
      else this.#openNew(frame);
    } catch (cause) {
      if (!(cause instanceof AmqpFault) || cause.scope !== 'channel') throw cause;
      this.#fail(frame, cause);
    }
  }

  confirm(): void {
    for (const channel of this.#open.values()) channel.confirm();
  }

  dispatch(): void {
    for (const channel of this.#open.values()) channel.dispatch();
  }

  close(): void {
    // All at once: otherwise one channel's messages would go to the next one before that is closed too.
    for (const channel of this.#open.values()) channel.active = false;
    for (const channel of this.#open.values()) channel.close();
    this.#open.clear();
  }

  #serve(frame: Frame, channel: Channel): void {
    switch (frame.type) {
      case FRAME.header:
        channel.header(frame.payload);
        break;
      case FRAME.body:
        channel.body(frame.payload);
        break;
      case FRAME.method:
        this.#call(frame, channel);
        break;
      default:
        throw new AmqpFault('frameError', 'heartbeat on a channel');
    }
  }

  #call({ channel: number, payload }: Frame, channel: Channel): void {
    const method = decodeMethod(payload);
    if (method.name === 'channelOpen') throw new AmqpFault('channelError', `channel ${number} is open already`);
    if (method.name === 'channelClose') {
      this.#open.delete(number);
      channel.close();
      channel.outlet.method(METHODS.channelCloseOk.encode({}));
    } else channel.method(method);
  }

  #openNew({ channel: number, type, payload }: Frame): void {
    if (number > this.#channelMax) throw new AmqpFault('channelError', `channel ${number}, above ${this.#channelMax}`);
    const method = type === FRAME.method ? decodeMethod(payload) : undefined;
    if (method?.name !== 'channelOpen') throw new AmqpFault('channelError', `channel ${number} is not open`);
    const channel = new Channel(this.#outletOf(number));
    this.#open.set(number, channel);
    channel.outlet.method(METHODS.channelOpenOk.encode({ channelId: Buffer.alloc(0) }));
  }

  #fail(frame: Frame, fault: AmqpFault): void {
    const channel = this.#open.get(frame.channel);
    this.#open.delete(frame.channel);
    this.#closing.add(frame.channel);
    channel?.close();
    const close = { replyCode: fault.code, replyText: replyText(fault.message), ...methodIdOf(frame) };
    channel?.outlet.method(METHODS.channelClose.encode(close));
  }

  #awaitCloseOk({ channel: number, type, payload }: Frame): void {
    if (type !== FRAME.method) return;
    const { name } = decodeMethod(payload);
    if (name === 'channelCloseOk') this.#closing.delete(number);
    // Both closed at the same time: theirs is answered, ours will be.
    if (name === 'channelClose') this.#outletOf(number).method(METHODS.channelCloseOk.encode({}));
  }
}

/** Which method a `close` blames: the one of the frame, or publishing for content. */
export const methodIdOf = ({ type, payload }: Frame): MethodId => {
  if (type === FRAME.header || type === FRAME.body) return METHODS.basicPublish;
  if (type !== FRAME.method || payload.length < 4) return { classId: 0, methodId: 0 };
  return { classId: payload.readUInt16BE(0), methodId: payload.readUInt16BE(2) };
};
