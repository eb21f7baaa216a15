/** First wait doubled before each use, and its limit, in milliseconds (wire.md 5.12). */
const BASE = 10_000;
const LIMIT = 3_600_000;

/** One wait of a listener: what its log line announces, and what it really waits. */
export type RetryWait = { readonly announcedSeconds: number; readonly milliseconds: number };

/** 20, 40, 80 ... seconds; limited to an hour, though the line is written before the limit is applied. */
export function* retryWaits(): Generator<RetryWait, never> {
  let duration = BASE;
  for (;;) {
    const doubled = duration * 2;
    duration = Math.min(doubled, LIMIT);
    yield { announcedSeconds: doubled / 1000, milliseconds: duration };
  }
}
