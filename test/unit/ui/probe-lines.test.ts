import { describe, expect, it } from 'vitest';
import type { Hop } from '../../../lab/probes/report.ts';
import { probeLines } from '../../../lab/ui/probe-lines.ts';

const hop = (changes: Partial<Hop> = {}): Hop => ({
  name: 'token revoked',
  from: 'km-1',
  to: 'gw-1',
  verdict: 'pass',
  ms: 12,
  detail: 'answers 401 900901',
  ...changes,
});

const report = (hops: readonly Hop[]) => ({
  probe: 'cache-invalidation',
  verdict: 'pass' as const,
  startedAt: '2020-09-13T12:26:40.000Z',
  durationMs: 340,
  hops,
});

/** Without the colours of a terminal. */
const linesOf = (...hops: readonly Hop[]): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours begin with one
  probeLines([report(hops)], { hops: 'failed' }).replaceAll(/\u001b\[\d+m/g, '');

describe('the line of a probe', () => {
  it('names its slowest hop', () => {
    expect(linesOf(hop(), hop({ to: 'gw-2', ms: 41 }))).toBe(
      'pass    cache-invalidation: 2 hops in 340 ms, slowest: token revoked at gw-2 41 ms\n',
    );
  });

  it('counts what the version leaves open, which passes and proves nothing', () => {
    const hole = hop({ to: 'gw-2', ms: 0, detail: 'as documented: no gateway is told' });
    expect(linesOf(hop(), hole)).toContain('12 ms, 1 hole as documented\n');
    expect(linesOf(hop(), hole, hole)).toContain('12 ms, 2 holes as documented\n');
  });

  it('is followed by the hops that did not pass', () => {
    expect(linesOf(hop(), hop({ verdict: 'fail', detail: 'got 200' })).split('\n')[1]).toContain(
      'token revoked at gw-1: got 200',
    );
  });
});
