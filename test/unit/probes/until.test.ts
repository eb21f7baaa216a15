import { describe, expect, it } from 'vitest';
import { Mismatch } from '../../../lab/probes/hops.ts';
import { NoAnswer } from '../../../lab/probes/http-client.ts';
import { until } from '../../../lab/probes/until.ts';

const PATIENCE = { limit: 20, interval: 1 };

describe('waiting for what nobody announces', () => {
  it('yields what it saw first that fits', async () => {
    let looks = 0;
    expect(
      await until(
        'three',
        { limit: 1_000, interval: 1 },
        async () => ++looks,
        (seen) => seen === 3,
      ),
    ).toBe(3);
  });

  it('waits through a node that does not answer yet', async () => {
    let looks = 0;
    const look = async () => {
      looks += 1;
      if (looks < 3) throw new NoAnswer('refused', false);
      return looks;
    };
    expect(await until('an answer', { limit: 1_000, interval: 1 }, look, () => true)).toBe(3);
  });

  it('says what it expected and what it saw last when time is up', async () => {
    const waiting = until(
      '404',
      PATIENCE,
      async () => 200,
      (seen) => seen === 404,
    );
    await expect(waiting).rejects.toThrow(new Mismatch('expected 404 within 20 ms, got 200'));
  });

  it('hands on that nothing answered at all, so that the hop stays three-valued', async () => {
    const silent = new NoAnswer('too late', true);
    await expect(
      until(
        '404',
        PATIENCE,
        () => Promise.reject(silent),
        () => true,
      ),
    ).rejects.toBe(silent);
  });

  it('does not wait through a defect of its caller', async () => {
    await expect(
      until(
        '404',
        PATIENCE,
        () => Promise.reject(new TypeError('defect')),
        () => true,
      ),
    ).rejects.toThrow('defect');
  });
});
