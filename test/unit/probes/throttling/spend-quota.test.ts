import { describe, expect, it } from 'vitest';
import { Mismatch } from '../../../../lab/probes/hops.ts';
import type { ApiAnswer } from '../../../../lab/probes/journey/call-api.ts';
import { spendQuota } from '../../../../lab/probes/throttling/spend-quota.ts';

/** A gateway that answers with these, the last one again and again; its clock goes on by ten at each call. */
const gateway = (...statuses: readonly number[]) => {
  let calls = 0;
  return async (): Promise<ApiAnswer> => {
    const status = statuses[Math.min(calls, statuses.length - 1)] ?? 0;
    calls += 1;
    return { status, code: undefined, retryAt: undefined, at: Date.now() + calls * 10 };
  };
};

const QUOTA = { quota: 2, limit: 30 };

describe('spending a quota', () => {
  it('counts what was accepted, beyond the quota too, until the first refusal', async () => {
    const spent = await spendQuota(gateway(200, 200, 200, 429), QUOTA);
    expect(spent).toMatchObject({ accepted: 3, refused: { status: 429 } });
  });

  it('waits for a gateway that does not know the token yet, and does not count that', async () => {
    expect(await spendQuota(gateway(401, 403, 200, 200, 429), QUOTA)).toMatchObject({ accepted: 2 });
  });

  it('ends without a refusal when none comes in time', async () => {
    expect(await spendQuota(gateway(200), QUOTA)).toMatchObject({ refused: undefined });
  });

  it('does not take any other answer for either', async () => {
    await expect(spendQuota(gateway(200, 500), QUOTA)).rejects.toThrow(new Mismatch('expected 200 or 429, got 500'));
  });
});
