import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchCall } from '../../../../compose/wso2am/server/mediation/watch-call.ts';

const SECOND = 1_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
});

const watched = (timeout: number) => {
  const reasons: string[] = [];
  return { reasons, watch: watchCall(timeout, (reason) => reasons.push(reason)) };
};

describe('a call at a back end', () => {
  it('ends when its answer has not begun within the time-out, whatever moved until then', () => {
    const { reasons, watch } = watched(30 * SECOND);
    vi.advanceTimersByTime(20 * SECOND);
    watch.moved();
    vi.advanceTimersByTime(9_999);
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reasons).toEqual(['no answer after 30000 ms']);
  });

  it('ends after three silent minutes, where its time-out is longer', () => {
    const { reasons, watch } = watched(600 * SECOND);
    vi.advanceTimersByTime(100 * SECOND);
    watch.moved();
    vi.advanceTimersByTime(179 * SECOND);
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(SECOND);
    expect(reasons).toEqual(['no answer after 280000 ms']);
  });

  it('may take any time once its answer has begun, if only something moves', () => {
    const { reasons, watch } = watched(SECOND);
    watch.answered();
    for (let minutes = 0; minutes < 60; minutes += 2) {
      vi.advanceTimersByTime(120 * SECOND);
      watch.moved();
    }
    vi.advanceTimersByTime(179 * SECOND);
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(SECOND);
    expect(reasons).toEqual(['the back end fell silent']);
  });

  it('is left alone when it is over: nothing is said, and no timer is left', () => {
    const { reasons, watch } = watched(SECOND);
    watch.answered();
    vi.advanceTimersByTime(2 * SECOND);
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(600 * SECOND);
    expect(reasons).toEqual([]);
  });

  it('is ended once', () => {
    const { reasons } = watched(SECOND);
    vi.advanceTimersByTime(600 * SECOND);
    expect(reasons).toHaveLength(1);
  });
});
