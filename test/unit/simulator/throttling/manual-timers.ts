import type { Timers } from '../../../../compose/wso2am/server/throttling/timers.ts';

export type ManualTimers = Timers & {
  /** Moves the clock; what is due on the way rings at its time. */
  advanceTo(time: number): void;
  /** How many timers are set. */
  readonly pending: number;
};

/** A clock that stands until a test moves it. */
export const manualTimers = (start = 0): ManualTimers => {
  let now = start;
  const set = new Set<{ readonly time: number; readonly ring: () => void }>();
  return {
    now: () => now,
    at: (time, ring) => {
      const timer = { time, ring };
      set.add(timer);
      return () => void set.delete(timer);
    },
    advanceTo: (time) => {
      for (;;) {
        const [next] = [...set].filter((timer) => timer.time <= time).toSorted((a, b) => a.time - b.time);
        if (!next) break;
        set.delete(next);
        now = Math.max(now, next.time);
        next.ring();
      }
      now = time;
    },
    get pending() {
      return set.size;
    },
  };
};
