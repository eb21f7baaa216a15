import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../lab/probes/failover/clients.ts';
import { viewInWords, viewSince } from '../../../../lab/probes/failover/clients-view.ts';

/** Calls at a pace of 100 ms from 0 on; each row is the time until its answer, and what came. */
const calls = (...rows: readonly (readonly [ms: number, outcome: string | undefined])[]): readonly Call[] =>
  rows.map(([ms, outcome], index) => ({
    sentAt: index * 100,
    outcome,
    answeredAt: outcome === undefined ? Number.POSITIVE_INFINITY : index * 100 + ms,
  }));

const served = (count: number) => Array.from({ length: count }, () => [5, '200'] as const);
const AT_ONCE = { began: 0, certain: 0 };

describe('what clients see of a disturbance', () => {
  it('is nothing when all are served at once', () => {
    expect(viewSince(calls(...served(6)), AT_ONCE, 600)).toMatchObject({ calls: 6, servedAfter: 0, slowest: 5 });
  });

  it('is not over while fewer than five calls in a row were served', () => {
    expect(viewSince(calls([5, '502'], ...served(4)), AT_ONCE, 600).servedAfter).toBeUndefined();
    expect(viewSince(calls([5, '502'], ...served(5)), AT_ONCE, 600).servedAfter).toBe(5);
  });

  it('lasts until the last failure or slow answer, and names both', () => {
    const view = viewSince(calls([5, '502'], [2_000, '200'], ...served(5)), AT_ONCE, 3_000);
    expect(view).toMatchObject({ servedAfter: 2_100, slow: 1, slowest: 2_000 });
    expect(viewInWords(view)).toBe(
      '7 calls, failed: 1 x 502, 1 took longer than 1000 ms, the slowest 2000 ms; served at once after 2100 ms',
    );
  });

  it('is not over while a call waits that was sent before others were served', () => {
    const view = viewSince(calls([0, undefined], ...served(9)), AT_ONCE, 1_000);
    expect(view.servedAfter).toBeUndefined();
    expect(viewInWords(view)).toMatch(/disturbed to the end$/);
  });

  it('begins with what was sent since it may have begun, and ends with what was sent since it is certain', () => {
    const all = calls([5, '502'], ...served(9));
    expect(viewSince(all, { began: 100, certain: 500 }, 1_000)).toMatchObject({ calls: 9, servedAfter: 0 });
    expect(viewSince(all, { began: 100, certain: 600 }, 1_000).servedAfter).toBeUndefined();
  });
});
