import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemTimers } from '../../../../compose/wso2am/server/throttling/timers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('ring at their time, also when it is farther away than a timer of Node reaches', () => {
  const begin = Date.now();
  const year = 31_556_900_000;
  const rung: number[] = [];
  systemTimers.at(begin + year, () => rung.push(Date.now() - begin));
  vi.advanceTimersByTime(year - 1);
  expect(rung).toEqual([]);

  vi.advanceTimersByTime(1);
  expect(rung).toEqual([year]);
});

it('do not ring once they are called off', () => {
  const ring = vi.fn();
  systemTimers.at(Date.now() + 3_000_000_000, ring)();
  vi.advanceTimersByTime(4_000_000_000);

  expect(ring).not.toHaveBeenCalled();
});
