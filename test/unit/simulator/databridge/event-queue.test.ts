import { describe, expect, it } from 'vitest';
import { createEventQueue } from '../../../../compose/wso2am/server/databridge/agent/event-queue.ts';

const event = (text: string): Buffer => Buffer.from(text);

describe('the queue of a receiver group', () => {
  it('takes no more than its capacity, counting what is on its way', () => {
    const queue = createEventQueue(2);
    queue.offer(event('1'));
    queue.offer(event('2'));
    const taken = queue.take();

    expect(queue.offer(event('3'))).toBe(false);
    queue.settled(taken ? [taken] : []);
    expect(queue.offer(event('3'))).toBe(true);
  });

  it('gives events back in their order, those that could not be sent first', () => {
    const queue = createEventQueue(1000);
    for (let number = 0; number < 10; number += 1) queue.offer(event(`${number}`));
    const taken = [queue.take(), queue.take(), queue.take()].filter((each) => each !== undefined);

    queue.putBack(taken);

    const all = Array.from({ length: 11 }, () => queue.take()?.toString());
    expect(all).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', undefined]);
    expect({ waiting: queue.waiting, inFlight: queue.inFlight }).toEqual({ waiting: 0, inFlight: 10 });
  });
});
