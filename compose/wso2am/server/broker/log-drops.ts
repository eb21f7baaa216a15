import type { Queue } from './routing/queue.ts';

/** Says that a queue loses messages: at the first one, then at every tenfold of it, so that a log is not flooded. */
export const logDrops = (warn: (text: string) => void): ((queue: Queue) => void) => {
  const drops = new WeakMap<Queue, number>();
  return (queue) => {
    const count = (drops.get(queue) ?? 0) + 1;
    drops.set(queue, count);
    if (Number.isInteger(Math.log10(count)))
      warn(`Slow consumer: queue ${queue.traits.name} is full, ${count} of its oldest messages dropped so far`);
  };
};
