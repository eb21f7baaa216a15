import type { Decision } from './decision.ts';
import type { ThrottlePlan } from './siddhi/compiled-plan.ts';
import type { Row } from './siddhi/values.ts';
import type { Timers } from './timers.ts';

/** The counts of one plan. */
export type WindowCounters = {
  count(row: Row): void;
  /** How many keys are being counted. */
  readonly size: number;
  /** Forgets everything; no window of these counters ends any more. */
  close(): void;
};

/**
 * Counts per key in tumbling windows (wire.md 5.5). An event costs one look-up, however many keys there are. The end of a
 * window drops all of its keys at once and costs one decision for each throttled key; an idle plan holds neither
 * keys nor a timer.
 */
export const countInWindows = (
  plan: ThrottlePlan,
  timers: Timers,
  decide: (decision: Decision) => void,
): WindowCounters => {
  const { length } = plan.window;
  let totals = new Map<string, number>();
  /** Last row that each throttled key was throttled by. */
  let throttled = new Map<string, Row>();
  let start = plan.window.start;
  let end = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | undefined;

  const tell = (row: Row, isThrottled: boolean): void => {
    const evaluatedConditions = plan.evaluatedConditions?.(row);
    decide({
      throttleKey: plan.throttleKey(row),
      isThrottled,
      expiryTimeStamp: end,
      ...(evaluatedConditions !== undefined && { evaluatedConditions }),
    });
  };

  const endWindow = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    const released = throttled;
    totals = new Map();
    throttled = new Map();
    if (!plan.releases) return;
    for (const row of released.values()) tell(row, false);
  };

  const ring = (): void => {
    if (timers.now() >= end) endWindow();
    else stopTimer = timers.at(end, ring);
  };

  const beginWindow = (now: number): void => {
    start ??= now;
    end = now + length - ((now - start) % length);
    stopTimer = timers.at(end, ring);
  };

  return {
    count: (row) => {
      const now = timers.now();
      if (stopTimer && now >= end) endWindow();
      if (!stopTimer) beginWindow(now);

      const group = plan.group(row);
      const total = (totals.get(group) ?? 0) + plan.amount(row);
      totals.set(group, total);
      const isThrottled = plan.isThrottled(row, { total, expiry: end });
      if (isThrottled) throttled.set(group, row);
      else if (!throttled.delete(group)) return;
      tell(row, isThrottled);
    },
    get size() {
      return totals.size;
    },
    close: () => {
      stopTimer?.();
      stopTimer = undefined;
      totals = new Map();
      throttled = new Map();
    },
  };
};
