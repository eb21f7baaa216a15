/** Whether something works. A time-out proves neither, so it is `unknown`, never a pass. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/** One step of a probe: who asked whom, what came of it and how long it took. */
export type Hop = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly ms: number;
  /** What was seen, in a few words. */
  readonly detail: string;
};

/** The answer of `probe NAME --json`; documented and stable (docs/machine-interface.md). */
export type ProbeReport = {
  readonly probe: string;
  readonly verdict: Verdict;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly hops: readonly Hop[];
};

/** The verdict over several: one failure fails all, and nothing passes while anything is unknown. */
export const overall = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('unknown') || verdicts.length === 0 ? 'unknown' : 'pass';
};
