import type { Consumer, Queue, Queued } from '../routing/queue.ts';
import type { Named } from '../wire/methods.ts';

/** A consumer of a channel, by its tag. */
export type Subscription = Consumer & { readonly queue: Queue; readonly tag: string; readonly noAck: boolean };

/** What a subscription needs of its channel. */
export type Recipient = {
  mayTake(noAck: boolean): boolean;
  deliver(subscription: Subscription, queued: Queued): void;
  /** The queue was deleted under its consumer. */
  lost(subscription: Subscription): void;
};

type Consume = Pick<Named<'basicConsume'>['fields'], 'noAck' | 'exclusive'>;

export const subscriptionOf = (queue: Queue, tag: string, consume: Consume, recipient: Recipient): Subscription => {
  const subscription: Subscription = {
    queue,
    tag,
    noAck: consume.noAck,
    exclusive: consume.exclusive,
    mayTake: () => recipient.mayTake(consume.noAck),
    take: (queued) => recipient.deliver(subscription, queued),
    cancelled: () => recipient.lost(subscription),
  };
  return subscription;
};
