import { LIMITS } from '../limits.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';
import type { Queue } from './queue.ts';
import { topicMatcher } from './topic-pattern.ts';

type Matcher = (routingKey: string) => boolean;

/** How the types of exchanges read the key of a binding. */
const MATCHERS = {
  direct:
    (key: string): Matcher =>
    (routingKey) =>
      routingKey === key,
  fanout: (): Matcher => () => true,
  topic: topicMatcher,
} as const satisfies Readonly<Record<string, (key: string) => Matcher>>;

export type ExchangeType = keyof typeof MATCHERS;

export const isExchangeType = (type: string): type is ExchangeType => Object.hasOwn(MATCHERS, type);

export type ExchangeTraits = {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
};

/** Routes messages to the queues bound to it. Keys come lower-cased (wire.md 5.7). */
export class Exchange {
  readonly traits: ExchangeTraits;
  readonly #bindings = new Map<Queue, Map<string, Matcher>>();

  constructor(traits: ExchangeTraits) {
    this.traits = traits;
  }

  get isUsed(): boolean {
    return this.#bindings.size > 0;
  }

  /** Binding again changes nothing. @throws AmqpFault 506 too many bindings of one queue */
  bind(queue: Queue, key: string): void {
    const keys = this.#bindings.get(queue) ?? new Map<string, Matcher>();
    if (keys.size >= LIMITS.bindings && !keys.has(key))
      throw new AmqpFault('resourceError', `queue '${queue.traits.name}' has too many bindings`);
    keys.set(key, MATCHERS[this.traits.type](key));
    this.#bindings.set(queue, keys);
  }

  /** Returns whether there was such a binding. */
  unbind(queue: Queue, key: string): boolean {
    const keys = this.#bindings.get(queue);
    const removed = keys?.delete(key) ?? false;
    if (keys?.size === 0) this.#bindings.delete(queue);
    return removed;
  }

  /** Forgets a queue that is gone; returns whether it was bound. */
  forget(queue: Queue): boolean {
    return this.#bindings.delete(queue);
  }

  /** Every queue that gets a message with this key; once, however many of its bindings fit. */
  route(routingKey: string): readonly Queue[] {
    const queues: Queue[] = [];
    for (const [queue, keys] of this.#bindings) {
      for (const matches of keys.values()) {
        if (!matches(routingKey)) continue;
        queues.push(queue);
        break;
      }
    }
    return queues;
  }
}
