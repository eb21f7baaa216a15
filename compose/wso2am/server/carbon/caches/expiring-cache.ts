/** A cache of one node. */
export type Cache<T> = {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  /** Whether it was there. */
  remove(key: string): boolean;
  /** Removes what fits; returns how many. */
  removeWhere(fits: (key: string) => boolean): number;
  size(): number;
};

export type CacheOptions = {
  /** Milliseconds since an entry was written. The product counts from the last access as well, which is never earlier. */
  readonly timeToLive: number;
  /** Entries at most; the least recently used goes first. */
  readonly capacity: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
};

/** An empty cache. */
export const createCache = <T>({ timeToLive, capacity, now }: CacheOptions): Cache<T> => {
  /** Least recently used first: an entry that is read is put in again. */
  const entries = new Map<string, { readonly value: T; readonly written: number }>();
  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (now() - entry.written >= timeToLive) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    put: (key, value) => {
      entries.delete(key);
      entries.set(key, { value, written: now() });
      if (entries.size <= capacity) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
    remove: (key) => entries.delete(key),
    removeWhere: (fits) => {
      const fitting = [...entries.keys()].filter(fits);
      for (const key of fitting) entries.delete(key);
      return fitting.length;
    },
    size: () => entries.size,
  };
};

/** A cache that is switched off. */
export const noCache = <T>(): Cache<T> => ({
  get: () => undefined,
  put: () => undefined,
  remove: () => false,
  removeWhere: () => 0,
  size: () => 0,
});
