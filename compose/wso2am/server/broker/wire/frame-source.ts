import type { Socket } from 'node:net';
import { AmqpFault } from './amqp-fault.ts';
import { FRAME, type Frame, takeFrames } from './frames.ts';
import { decodeMethod, type Method, type Named } from './methods.ts';

/**
 * The frames that a peer sends, taken when they are wanted: who does not ask lets TCP hold the peer back. Ends (`undefined`)
 * with the connection, whichever side or failure ended it.
 */
export class FrameSource {
  /** Largest payload to take; raised or lowered by what is negotiated. */
  frameMax: number;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #heard: () => void;
  #rest: Buffer = Buffer.alloc(0);
  #taken: Frame[] = [];

  /** @param heard called for everything that arrives */
  constructor(socket: Socket, frameMax: number, heard: () => void = () => undefined) {
    this.#chunks = socket[Symbol.asyncIterator]();
    this.frameMax = frameMax;
    this.#heard = heard;
  }

  /** The first bytes of a connection, before any frame. */
  async bytes(count: number): Promise<Buffer | undefined> {
    while (this.#rest.length < count) if (!(await this.#more())) return undefined;
    const bytes = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return bytes;
  }

  /** All whole frames that have arrived, at least one. @throws AmqpFault */
  async batch(): Promise<readonly Frame[] | undefined> {
    for (;;) {
      const { frames, rest } = takeFrames(this.#rest, this.frameMax);
      this.#rest = rest;
      const batch = [...this.#taken, ...frames];
      this.#taken = [];
      if (batch.length > 0) return batch;
      if (!(await this.#more())) return undefined;
    }
  }

  /**
   * The next frame, which has to be this method on this channel; heartbeats before it are passed over.
   * @throws AmqpFault 503 another method or frame, or a refusal by the peer, with its text; Malformed
   */
  async expect<N extends Method['name']>(name: N, channel = 0): Promise<Named<N> | undefined> {
    for (;;) {
      const frame = await this.#next();
      if (!frame) return undefined;
      if (frame.type === FRAME.heartbeat) continue;
      if (frame.type !== FRAME.method) throw new AmqpFault('commandInvalid', `no frame of type ${frame.type} here`);
      const method = decodeMethod(frame.payload);
      if (isNamed(method, name) && frame.channel === channel) return method;
      if (method.name === 'connectionClose' || method.name === 'channelClose')
        throw new AmqpFault('commandInvalid', `${method.fields.replyText} [error code ${method.fields.replyCode}]`);
      throw new AmqpFault('commandInvalid', `${method.name} came where ${name} was due`);
    }
  }

  /** Reads and forgets whatever still comes, to the end. */
  async discard(): Promise<void> {
    do this.#rest = Buffer.alloc(0);
    while (await this.#more());
  }

  async #next(): Promise<Frame | undefined> {
    const [first, ...others] = (await this.batch()) ?? [];
    this.#taken = others;
    return first;
  }

  async #more(): Promise<boolean> {
    try {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#heard();
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
      return true;
    } catch {
      // A reset connection is an ended one; whoever waits for its frames has nothing else to do about it.
      return false;
    }
  }
}

const isNamed = <N extends Method['name']>(method: Method, name: N): method is Named<N> => method.name === name;
