/** Counts accesses in the gateway itself, for spike arrest and hard limits: no Traffic Manager takes part. */
export type AccessCounters = {
  /**
   * Counts an access and says whether it is allowed. A window begins with the first access of its key and takes `unitTime`
   * milliseconds, as in Synapse's throttle.
   */
  allows(key: string, limit: number, unitTime: number, now: number): boolean;
  /** How many keys are held. */
  readonly size: number;
};

type Window = { readonly start: number; count: number };

/** Windows that are over are dropped as new ones begin, so that the memory is bounded by the keys of one unit of time. */
export const createAccessCounters = (): AccessCounters => {
  /** By length and then by key, in the order in which the windows began. */
  const lengths = new Map<number, Map<string, Window>>();

  return {
    allows: (key, limit, unitTime, now) => {
      const windows = lengths.get(unitTime) ?? new Map<string, Window>();
      lengths.set(unitTime, windows);
      const window = windows.get(key);
      if (window && now < window.start + unitTime) {
        window.count += 1;
        return window.count <= limit;
      }
      dropEnded(windows, unitTime, now);
      windows.set(key, { start: now, count: 1 });
      return limit >= 1;
    },
    get size() {
      return [...lengths.values()].reduce((sum, { size }) => sum + size, 0);
    },
  };
};

const dropEnded = (windows: Map<string, Window>, unitTime: number, now: number): void => {
  for (const [key, { start }] of windows) {
    if (now < start + unitTime) return;
    windows.delete(key);
  }
};
