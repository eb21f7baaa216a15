import { describe, expect, it } from 'vitest';
import { Mismatch } from '../../../../lab/probes/hops.ts';
import { NoAnswer } from '../../../../lab/probes/http-client.ts';
import type { ApiAnswer } from '../../../../lab/probes/journey/call-api.ts';
import { awaitRefusal, lookTimes, PATIENCE } from '../../../../lab/probes/throttling/await-refusal.ts';
import { QUOTA } from '../../../../lab/probes/throttling/set-up-apis.ts';

/** A gateway that answers with these, the last one again and again. */
const gateway = (...answers: readonly (number | NoAnswer)[]) => {
  let calls = 0;
  return async (): Promise<ApiAnswer> => {
    const answer = answers[Math.min(calls, answers.length - 1)] ?? 0;
    calls += 1;
    if (answer instanceof NoAnswer) throw answer;
    return { status: answer, code: undefined, retryAt: undefined, at: Date.now() };
  };
};

const AWAY = new NoAnswer('gone', false);

describe('gateways that have to learn a decision', () => {
  it.each([1, 2, 3])('are looked at so seldom that %i of them spend no quota of their own', (gateways) => {
    const times = lookTimes(gateways);
    expect(times.length * gateways).toBeLessThan(QUOTA.calls);
    expect(times.at(-1)).toBeCloseTo(PATIENCE);
    expect([...times].sort((one, other) => one - other)).toEqual(times);
  });

  it('refuse in the end, also when they do not answer at first', async () => {
    expect(await awaitRefusal(gateway(200, AWAY, 429), 1, 30)).toMatchObject({ status: 429 });
  });

  it.each([
    ['accept for ever', 200, Mismatch],
    ['never answer', AWAY, NoAnswer],
  ])('have not learnt it when they %s', async (_, answer, error) => {
    await expect(awaitRefusal(gateway(answer), 3, 30)).rejects.toBeInstanceOf(error);
  });
});
