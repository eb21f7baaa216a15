import type { Clock } from '../../../../compose/wso2am/server/databridge/clock.ts';

export type ManualClock = Clock & {
  /** Moves the clock and runs what is due, in its order. */
  advance(milliseconds: number): void;
  /** Timers that are neither run nor called off. */
  readonly pending: number;
};

/** A clock that stands still until it is moved. */
export const manualClock = (): ManualClock => {
  type Timer = { due: number; readonly run: () => void; readonly interval?: number };
  const timers = new Set<Timer>();
  let now = 0;

  const add = (timer: Timer): (() => void) => {
    timers.add(timer);
    return () => void timers.delete(timer);
  };

  return {
    now: () => now,
    epoch: () => 1_600_000_000_000 + now,
    after: (milliseconds, run) => add({ due: now + milliseconds, run }),
    every: (interval, run) => add({ due: now + interval, run, interval }),
    get pending() {
      return timers.size;
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due);
        if (next === undefined) break;
        now = next.due;
        if (next.interval === undefined) timers.delete(next);
        else next.due += next.interval;
        next.run();
      }
      now = end;
    },
  };
};
