import { LIMITS } from '../limits.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import { Fifo } from './fifo.ts';
import { type Message, sizeOf } from './message.ts';

/** A message in a queue. */
export type Queued = {
  readonly message: Message;
  /** Counts up within the queue; what comes back is put in its place by it. */
  readonly number: number;
  readonly redelivered: boolean;
};

/** Whoever takes messages from a queue. */
export type Consumer = {
  readonly exclusive: boolean;
  /** Whether another message may be handed over now: prefetch, flow, congestion. */
  mayTake(): boolean;
  take(queued: Queued): void;
  /** The queue is gone. */
  cancelled(): void;
};

export type QueueTraits = {
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** The connection it belongs to, when it is exclusive. */
  readonly owner: object | undefined;
};

/**
 * Keeps messages for its consumers and hands them round. It is bounded: the oldest message gives way, for with throttle
 * decisions only the newest state counts, and a gateway that hangs must hold up neither the others nor the publisher.
 */
export class Queue {
  readonly traits: QueueTraits;
  readonly #ready = new Fifo<Queued>();
  readonly #consumers = new Set<Consumer>();
  readonly #onDrop: (queue: Queue) => void;
  #bytes = 0;
  #pushed = 0;

  constructor(traits: QueueTraits, onDrop: (queue: Queue) => void) {
    this.traits = traits;
    this.#onDrop = onDrop;
  }

  get messageCount(): number {
    return this.#ready.length;
  }

  get consumerCount(): number {
    return this.#consumers.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(message: Message): void {
    this.#pushed += 1;
    this.#ready.push({ message, number: this.#pushed, redelivered: false });
    this.#bytes += sizeOf(message);
    this.dispatch();
    this.#trim();
  }

  /** Takes back what was not acknowledged, to where it was. */
  putBack(returned: readonly Queued[]): void {
    if (returned.length === 0) return;
    const inOrder = [...returned].sort((one, other) => one.number - other.number);
    this.#ready.unshift(inOrder.map((queued) => ({ ...queued, redelivered: true })));
    for (const { message } of inOrder) this.#bytes += sizeOf(message);
    this.dispatch();
    this.#trim();
  }

  /** The oldest message, for `basic.get`. */
  shift(): Queued | undefined {
    const queued = this.#ready.shift();
    if (queued) this.#bytes -= sizeOf(queued.message);
    return queued;
  }

  /** Hands messages to consumers, in turn, as long as one may take one. */
  dispatch(): void {
    while (this.#ready.length > 0) {
      const consumer = this.#nextConsumer();
      const queued = consumer && this.shift();
      if (!queued) return;
      consumer.take(queued);
    }
  }

  /** @throws AmqpFault 403: one of the consumers wants to be alone */
  addConsumer(consumer: Consumer): void {
    const alone = consumer.exclusive ? this.#consumers.size > 0 : [...this.#consumers].some((each) => each.exclusive);
    if (alone) throw new AmqpFault('accessRefused', `queue '${this.traits.name}' has an exclusive consumer`);
    this.#consumers.add(consumer);
  }

  removeConsumer(consumer: Consumer): void {
    this.#consumers.delete(consumer);
  }

  /** Drops all that waits; returns how many. */
  purge(): number {
    const count = this.#ready.length;
    this.#ready.clear();
    this.#bytes = 0;
    return count;
  }

  /** Tells the consumers that the queue is gone. */
  close(): void {
    this.purge();
    const consumers = [...this.#consumers];
    this.#consumers.clear();
    for (const consumer of consumers) consumer.cancelled();
  }

  /** Round robin: the one that may take goes to the end of the line. */
  #nextConsumer(): Consumer | undefined {
    for (const consumer of this.#consumers) {
      if (!consumer.mayTake()) continue;
      this.#consumers.delete(consumer);
      this.#consumers.add(consumer);
      return consumer;
    }
    return undefined;
  }

  #trim(): void {
    while (this.#ready.length > LIMITS.queueMessages || this.#bytes > LIMITS.queueBytes) {
      if (!this.shift()) return;
      this.#onDrop(this);
    }
  }
}
