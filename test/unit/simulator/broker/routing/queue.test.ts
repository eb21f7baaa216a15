import { describe, expect, it } from 'vitest';
import { type Consumer, Queue, type Queued } from '../../../../../compose/wso2am/server/broker/routing/queue.ts';
import { AmqpFault } from '../../../../../compose/wso2am/server/broker/wire/amqp-fault.ts';

const message = (text: string, size = text.length) => ({
  exchange: '',
  routingKey: 'q',
  properties: Buffer.alloc(2),
  body: Buffer.concat([Buffer.from(text), Buffer.alloc(size - text.length)]),
});

const openQueue = () => {
  const drops: Queue[] = [];
  const traits = { name: 'q', durable: false, autoDelete: true, owner: undefined };
  return { drops, queue: new Queue(traits, (queue) => drops.push(queue)) };
};

/** A consumer that takes so many messages. */
const taker = (limit = Number.POSITIVE_INFINITY, exclusive = false) => {
  const taken: Queued[] = [];
  const consumer: Consumer = {
    exclusive,
    mayTake: () => taken.length < limit,
    take: (queued) => taken.push(queued),
    cancelled: () => undefined,
  };
  return { consumer, taken, texts: () => taken.map((queued) => queued.message.body.toString()) };
};

describe('a queue', () => {
  it('hands messages round among its consumers', () => {
    const { queue } = openQueue();
    const [one, other] = [taker(), taker()];
    queue.addConsumer(one.consumer);
    queue.addConsumer(other.consumer);
    for (const text of ['1', '2', '3', '4']) queue.push(message(text));

    expect([one.texts(), other.texts()]).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
  });

  it('passes over a consumer that may not take more', () => {
    const { queue } = openQueue();
    const [full, free] = [taker(1), taker()];
    queue.addConsumer(full.consumer);
    queue.addConsumer(free.consumer);
    for (const text of ['1', '2', '3']) queue.push(message(text));

    expect([full.texts(), free.texts()]).toEqual([['1'], ['2', '3']]);
  });

  it('puts back what returns to where it was, marked', () => {
    const { queue } = openQueue();
    const first = taker(3);
    queue.addConsumer(first.consumer);
    for (const text of ['1', '2', '3', '4']) queue.push(message(text));
    queue.removeConsumer(first.consumer);
    queue.putBack(first.taken.slice(1).reverse());

    const second = taker();
    queue.addConsumer(second.consumer);
    queue.dispatch();
    expect(second.texts()).toEqual(['2', '3', '4']);
    expect(second.taken.map(({ redelivered }) => redelivered)).toEqual([true, true, false]);
  });

  it('drops its oldest messages when there are too many', () => {
    const { queue, drops } = openQueue();
    for (let count = 0; count < 10_005; count += 1) queue.push(message(String(count)));

    expect(queue.messageCount).toBe(10_000);
    expect(drops).toHaveLength(5);
    expect(queue.shift()?.message.body.toString()).toBe('5');
  });

  it('drops its oldest messages when they are too large together, and counts right all the way', () => {
    const { queue, drops } = openQueue();
    const megabyte = 1024 * 1024;
    for (let count = 0; count < 20; count += 1) queue.push(message(String(count), megabyte));
    expect(queue.messageCount).toBe(7);
    expect(queue.bytes).toBeLessThanOrEqual(8 * megabyte);
    expect(drops).toHaveLength(13);

    while (queue.shift());
    expect(queue.bytes).toBe(0);
  });

  it('lets an exclusive consumer be alone', () => {
    const { queue } = openQueue();
    queue.addConsumer(taker(0).consumer);
    expect(() => queue.addConsumer(taker(0, true).consumer)).toThrow(AmqpFault);

    const other = openQueue().queue;
    other.addConsumer(taker(0, true).consumer);
    expect(() => other.addConsumer(taker(0).consumer)).toThrow(AmqpFault);
  });
});
