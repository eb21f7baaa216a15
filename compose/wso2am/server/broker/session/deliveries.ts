import type { Queue, Queued } from '../routing/queue.ts';
import { AmqpFault } from '../wire/amqp-fault.ts';

type Delivery = { readonly queue: Queue; readonly queued: Queued };

/** What a channel was given and has not acknowledged, by delivery tag. */
export class Deliveries {
  #lastTag = 0;
  readonly #open = new Map<number, Delivery>();

  get count(): number {
    return this.#open.size;
  }

  /** The tag of a new delivery; one that needs no acknowledgement is not kept. */
  add(delivery: Delivery, noAck: boolean): number {
    this.#lastTag += 1;
    if (!noAck) this.#open.set(this.#lastTag, delivery);
    return this.#lastTag;
  }

  /**
   * Settles one delivery, or with `multiple` all up to it, tag 0 being all there are (AMQP 0-9-1, basic.ack).
   * @throws AmqpFault 406 a tag that is not open
   */
  settle(tag: number, multiple: boolean): readonly Delivery[] {
    if (multiple && tag === 0) return this.settleAll();
    const settled = multiple ? this.#upTo(tag) : this.#at(tag);
    if (settled.length === 0 && !(multiple && tag <= this.#lastTag))
      throw new AmqpFault('preconditionFailed', `unknown delivery tag ${tag}`);
    for (const [open] of settled) this.#open.delete(open);
    return settled.map(([, delivery]) => delivery);
  }

  settleAll(): readonly Delivery[] {
    const deliveries = [...this.#open.values()];
    this.#open.clear();
    return deliveries;
  }

  #at(tag: number): readonly (readonly [number, Delivery])[] {
    const delivery = this.#open.get(tag);
    return delivery ? [[tag, delivery]] : [];
  }

  /** Tags were added in ascending order, so the first greater one ends the search. */
  #upTo(tag: number): readonly (readonly [number, Delivery])[] {
    const found: (readonly [number, Delivery])[] = [];
    for (const entry of this.#open) {
      if (entry[0] > tag) break;
      found.push(entry);
    }
    return found;
  }
}

/** Puts deliveries back into their queues, to be delivered again. */
export const putBack = (deliveries: readonly Delivery[]): void => {
  for (const queue of new Set(deliveries.map((delivery) => delivery.queue)))
    queue.putBack(deliveries.filter((delivery) => delivery.queue === queue).map(({ queued }) => queued));
};
