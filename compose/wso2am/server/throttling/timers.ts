/** The clock and what rings at a time; a test brings its own. */
export type Timers = {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `ring` at this epoch millisecond or soon after; returns the way to call it off. */
  at(time: number, ring: () => void): () => void;
};

/** A delay of Node's timers beyond this becomes one of a millisecond; a month is longer. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The machine's clock. Its timers do not keep a process alive. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  at: (time, ring) => {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = time - Date.now();
      timer = left > LONGEST_DELAY ? setTimeout(wait, LONGEST_DELAY) : setTimeout(ring, Math.max(left, 0));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
