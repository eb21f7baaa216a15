import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../../compose/wso2am/server/broker/timers.ts';
import { loadArtifacts } from '../../../../compose/wso2am/server/runtime-artifacts/load-artifacts.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

/** Timers whose waits end at once, and which remember how long they would have been. */
const hastyTimers = () => {
  const waits: number[] = [];
  const timers: Timers = {
    after: (milliseconds, work) => {
      waits.push(milliseconds);
      const immediate = setImmediate(work);
      return () => clearImmediate(immediate);
    },
    every: () => () => undefined,
  };
  return { timers, waits };
};

/** Loads from an event hub that fails so often; resolves when the start goes on. */
const start = async (startsInSync: boolean, failures: number) => {
  const { lines, log } = recordedLog();
  const { timers, waits } = hastyTimers();
  const ending = new AbortController();
  let attempts = 0;
  let succeed: () => void = () => undefined;
  const success = new Promise<void>((resolve) => (succeed = resolve));
  await loadArtifacts({
    startsInSync,
    retryDuration: 15_000,
    attempt: async () => {
      attempts += 1;
      if (attempts > failures) succeed();
      return attempts > failures;
    },
    log: log(''),
    signal: ending.signal,
    timers,
  });
  return { lines, waits, success, attempts: () => attempts };
};

describe('a gateway that starts in sync', () => {
  it('goes on when all is deployed', async () => {
    const { lines, attempts } = await start(true, 1);

    expect(attempts()).toBe(2);
    expect(lines).toEqual([
      'ERROR Deployment attempt : 1 was unsuccessful',
      'INFO Deployment attempt : 2 was successful',
    ]);
  });

  it('goes on without its APIs after ten more attempts', async () => {
    const { lines, attempts, waits } = await start(true, 100);

    expect(attempts()).toBe(11);
    expect(waits).toEqual([]);
    expect(lines.at(-1)).toBe(
      'ERROR Maximum retry limit exceeded. Server is starting without deploying all synapse artifacts',
    );
  });
});

describe('a gateway that starts out of sync', () => {
  it('goes on at once and tries again until it has its APIs, waiting twice as long each time up to an hour', async () => {
    const { waits, success, attempts } = await start(false, 9);
    await success;

    expect(attempts()).toBe(10);
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600].map((seconds) => seconds * 1000));
  });
});
