import { describe, expect, it } from 'vitest';
import { expectThat, HopRecorder } from '../../../lab/probes/hops.ts';
import { NoAnswer } from '../../../lab/probes/http-client.ts';
import { overall } from '../../../lab/probes/report.ts';

describe('the verdict over several hops', () => {
  it.each([
    [['pass', 'pass'], 'pass'],
    [['pass', 'unknown'], 'unknown'],
    [['unknown', 'fail', 'pass'], 'fail'],
    [[], 'unknown'],
  ] as const)('%j is %s', (verdicts, expected) => {
    expect(overall(verdicts)).toBe(expected);
  });
});

describe('a hop', () => {
  const verdictOf = async (work: () => Promise<{ value: number; detail: string }>) => {
    const recorder = new HopRecorder();
    await recorder.hop({ name: 'n', from: 'a', to: 'b', work });
    return recorder.hops[0]?.verdict;
  };

  it('passes when it got what is documented', async () => {
    expect(await verdictOf(async () => ({ value: 1, detail: 'fine' }))).toBe('pass');
  });

  it('fails on another answer, and on a refused connection', async () => {
    expect(
      await verdictOf(async () => {
        expectThat(false, '200', '500');
        return { value: 1, detail: '' };
      }),
    ).toBe('fail');
    expect(await verdictOf(() => Promise.reject(new NoAnswer('refused', false)))).toBe('fail');
  });

  it('stays unknown when no answer came in time', async () => {
    expect(await verdictOf(() => Promise.reject(new NoAnswer('too late', true)))).toBe('unknown');
  });

  it('does not hide a defect of the probe', async () => {
    await expect(verdictOf(() => Promise.reject(new TypeError('defect')))).rejects.toThrow('defect');
  });
});
