import type { Socket } from 'node:net';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';
import { LIMITS, PATIENCE } from '../limits.ts';
import type { VirtualHost } from '../routing/virtual-host.ts';
import type { Timers } from '../timers.ts';
import { AmqpFault, replyText } from '../wire/amqp-fault.ts';
import { contentFrames } from '../wire/content.ts';
import { FrameSink } from '../wire/frame-sink.ts';
import { FrameSource } from '../wire/frame-source.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { decodeMethod, METHODS, type MethodId } from '../wire/methods.ts';
import { Channels, methodIdOf } from './channels.ts';
import { keepPulse, type Pulse } from './heartbeats.ts';
import { type Negotiated, type NegotiationTerms, negotiate } from './negotiate.ts';

export type ConnectionTerms = NegotiationTerms & {
  readonly virtualHost: VirtualHost;
  readonly timers: Timers;
  /** Hears why a connection was ended that did not end itself. */
  readonly onFault: (peer: string, text: string, cause?: unknown) => void;
};

/** One client's connection, from its first byte to the end of its socket. */
export class Connection {
  readonly #socket: Socket;
  readonly #terms: ConnectionTerms;
  readonly #sink: FrameSink;
  readonly #source: FrameSource;
  readonly #peer: string;
  #pulse: Pulse | undefined;
  #closing = false;

  constructor(socket: Socket, terms: ConnectionTerms) {
    this.#socket = socket;
    this.#terms = terms;
    this.#sink = new FrameSink(socket);
    this.#source = new FrameSource(socket, LIMITS.frameMax, () => this.#pulse?.heard());
    this.#peer = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.setNoDelay(true);
    // Whatever happens to the socket ends the source; there is nothing to do here, but an unheard error would end the process.
    socket.on('error', () => undefined);
  }

  /** Resolves when the connection is over; never rejects. */
  async serve(): Promise<void> {
    const { timers } = this.#terms;
    const stopWaiting = timers.after(PATIENCE.handshake, () => this.#socket.destroy());
    try {
      const negotiated = await negotiate(this.#source, this.#sink, this.#terms);
      stopWaiting();
      if (negotiated) await this.#serveFrames(negotiated);
    } catch (cause) {
      await this.#fail(cause, NO_METHOD);
    } finally {
      stopWaiting();
      this.#pulse?.stop();
      this.#socket.end();
      this.#socket.destroySoon();
    }
  }

  /** Asks the client to leave; it gets a short time for it. */
  close(): void {
    if (!this.#closing) this.#sendClose(new AmqpFault('connectionForced', 'broker is shutting down'), NO_METHOD);
  }

  async #serveFrames(negotiated: Negotiated): Promise<void> {
    const channels = this.#openChannels(negotiated);
    const onDrain = (): void => channels.dispatch();
    this.#socket.on('drain', onDrain);
    this.#pulse = keepPulse(
      negotiated.heartbeat,
      this.#sink,
      this.#terms.timers,
      () => this.#sink.congested,
      () => {
        this.#terms.onFault(this.#peer, `no heartbeat within ${2 * negotiated.heartbeat} s`);
        this.#socket.destroy();
      },
    );
    try {
      while (await this.#serveBatch(channels)) {
        // Who does not read what we write is not read from either: TCP then holds it back.
        await this.#sink.drained();
      }
    } finally {
      this.#socket.off('drain', onDrain);
      channels.close();
      this.#terms.virtualHost.deleteQueuesOf(this);
    }
  }

  /** Serves what has arrived; returns whether the connection goes on. */
  async #serveBatch(channels: Channels): Promise<boolean> {
    let frame: Frame | undefined;
    try {
      const batch = await this.#source.batch();
      if (!batch) return false;
      for (frame of batch) {
        if (this.#ends(frame)) return false;
        if (!this.#closing && frame.channel !== 0) channels.handle(frame);
      }
      channels.confirm();
      return true;
    } catch (cause) {
      channels.close();
      await this.#fail(cause, frame ? methodIdOf(frame) : NO_METHOD);
      return false;
    }
  }

  /** What comes on channel 0; returns whether it ends the connection. */
  #ends({ channel, type, payload }: Frame): boolean {
    if (channel !== 0 || type === FRAME.heartbeat) return false;
    if (type !== FRAME.method) throw new AmqpFault('unexpectedFrame', 'content on channel 0');
    const { name } = decodeMethod(payload);
    if (name === 'connectionCloseOk') return true;
    if (name === 'connectionClose') this.#sink.method(0, METHODS.connectionCloseOk.encode({}));
    else if (!this.#closing) throw new AmqpFault('commandInvalid', `${name} on channel 0`);
    return name === 'connectionClose';
  }

  /** Tells the client why, and waits for it to have read that: closing at once could lose the words. */
  async #fail(cause: unknown, blamed: MethodId): Promise<void> {
    const fault = faultOf(cause);
    this.#terms.onFault(this.#peer, fault.message, cause instanceof AmqpFault ? undefined : cause);
    if (this.#closing || this.#socket.destroyed) return;
    this.#sendClose(fault, blamed);
    try {
      for (;;) {
        const batch = await this.#source.batch();
        if (!batch || batch.some((frame) => this.#ends(frame))) return;
      }
    } catch {
      // After a frame error what follows makes no sense.
      await this.#source.discard();
    }
  }

  #sendClose(fault: AmqpFault, { classId, methodId }: MethodId): void {
    this.#closing = true;
    const close = { replyCode: fault.code, replyText: replyText(fault.message), classId, methodId };
    this.#sink.method(0, METHODS.connectionClose.encode(close));
    this.#terms.timers.after(PATIENCE.close, () => this.#socket.destroy());
  }

  #openChannels({ channelMax, frameMax, hearsCancel }: Negotiated): Channels {
    const sink = this.#sink;
    const budget = { unfinished: 0 };
    return new Channels(channelMax, (number) => ({
      virtualHost: this.#terms.virtualHost,
      connection: this,
      budget,
      mayDeliver: () => !this.#closing && this.#socket.writable && !sink.congested,
      hearsCancel,
      method: (payload) => sink.method(number, payload),
      content: (method, content) => sink.frames(contentFrames(number, method, content, frameMax)),
    }));
  }
}

const NO_METHOD: MethodId = { classId: 0, methodId: 0 };

/** What does not follow the protocol is the client's fault; anything else is ours, and the client learns no more than that. */
const faultOf = (cause: unknown): AmqpFault => {
  if (cause instanceof AmqpFault) return cause;
  if (cause instanceof Malformed) return new AmqpFault('syntaxError', cause.message);
  return new AmqpFault('internalError', 'internal error');
};
