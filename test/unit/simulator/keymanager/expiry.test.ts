import { describe, expect, it } from 'vitest';
import { expiresIn, isExpired, remaining } from '../../../../compose/wso2am/server/keymanager/expiry.ts';

const lifetime = { issuedAt: 10_000, validity: 60_000 };

describe('a lifetime', () => {
  it.each<[number, number, number]>([
    [10_000, 0, 60_000],
    [40_000, 0, 30_000],
    [68_999, 0, 1_001],
    [69_000, 0, 0],
    [1_000_000, 0, 0],
    [69_000, 5_000, 6_000],
    [74_000, 5_000, 0],
  ])('at %i ms, with %i ms for clocks that differ, has %i ms left', (now, skew, left) => {
    expect(remaining(lifetime, now, skew)).toBe(left);
    expect(isExpired(lifetime, now, skew)).toBe(left === 0);
  });

  it('with a negative validity never ends', () => {
    expect(remaining({ issuedAt: 0, validity: -1 }, Number.MAX_SAFE_INTEGER, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('expires_in', () => {
  it('is in whole seconds', () => {
    expect(expiresIn(59_999)).toBe(59);
  });

  it("is Java's greatest long in seconds for what never ends, as near as JSON of JavaScript comes", () => {
    expect(Math.abs(expiresIn(Number.POSITIVE_INFINITY) - Number(9_223_372_036_854_775n))).toBeLessThanOrEqual(2);
    expect(JSON.stringify(expiresIn(Number.POSITIVE_INFINITY))).toMatch(/^\d+$/);
  });
});
