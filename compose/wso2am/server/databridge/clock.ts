/** Time as receiver and agent see it; tests move it by hand. The timers keep no process alive. */
export type Clock = {
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Milliseconds since 1970: the time stamps of events. */
  epoch(): number;
  /** Runs once, after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, run: () => void): () => void;
  /** Runs again and again, every so many milliseconds; returns the way to end it. */
  every(milliseconds: number, run: () => void): () => void;
};

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  every: (milliseconds, run) => {
    const timer = setInterval(run, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
