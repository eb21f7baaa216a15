import type { LabStatus } from '../engine/lab-status.ts';
import type { FaultyLab } from '../faults/faulty-lab.ts';
import { apiLifecycle } from './api-lifecycle.ts';
import { artifactSync } from './artifact-sync/artifact-sync.ts';
import { cacheInvalidation } from './cache-invalidation/cache-invalidation.ts';
import { failover } from './failover/failover.ts';
import { HopRecorder } from './hops.ts';
import type { HttpClient } from './http-client.ts';
import { overall, type ProbeReport } from './report.ts';
import { stickySessions } from './sticky-sessions/sticky-sessions.ts';
import { throttling } from './throttling/throttling.ts';
import { tokenIssuance } from './token-issuance.ts';

/** What a probe may use: the lab as its users see it. */
export type ProbeContext = {
  readonly status: LabStatus;
  /** The same lab, for probes that take nodes away. */
  readonly lab: FaultyLab;
  readonly http: HttpClient;
  /** The same, but an interrupt does not end its requests: for making what must be removed again, and for removing it. */
  readonly undisturbed: HttpClient;
  /** PEM of the lab's CA, for connections other than HTTP. */
  readonly ca: string;
  /** Aborts when the probe is to end. It goes on to remove what it made. */
  readonly interrupted: AbortSignal;
  /** Milliseconds that it may wait for what only time brings, such as the end of a quota's window. */
  readonly patience: number;
};

export type Probe = (context: ProbeContext, recorder: HopRecorder) => Promise<void>;

/** Every probe by the name it is called with. */
export const PROBES: Readonly<Record<string, Probe>> = {
  'token-issuance': tokenIssuance,
  throttling,
  'cache-invalidation': cacheInvalidation,
  'api-lifecycle': apiLifecycle,
  failover,
  'sticky-sessions': stickySessions,
  'artifact-sync': artifactSync,
};

/** Runs a probe and reports its hops. Never throws for what the lab does; only for an interruption and a defect of its own. */
export const runProbe = async (name: string, probe: Probe, context: ProbeContext): Promise<ProbeReport> => {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  const recorder = new HopRecorder();
  await probe(context, recorder);
  return {
    probe: name,
    verdict: overall(recorder.hops.map(({ verdict }) => verdict)),
    startedAt,
    durationMs: Math.round(performance.now() - began),
    hops: recorder.hops,
  };
};
