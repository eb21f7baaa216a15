import { readFile } from 'node:fs/promises';
import { connectDocker } from '../engine/docker.ts';
import { labStatus } from '../engine/lab-status.ts';
import { EXIT, type ExitCode } from '../errors/codes.ts';
import { labError } from '../errors/lab-error.ts';
import { findFaultyLab } from '../faults/faulty-lab.ts';
import { httpClient } from '../probes/http-client.ts';
import { PROBES, type Probe, runProbe } from '../probes/probes.ts';
import { overall, type ProbeReport } from '../probes/report.ts';

/** Milliseconds a single request of a probe may take. */
const REQUEST_TIMEOUT = 10_000;

export type ProbeOptions = {
  readonly lab: string;
  readonly names: readonly string[];
  /** All at the same time instead of one after another: each makes what it needs itself. */
  readonly together?: boolean;
  /** Milliseconds that a probe may wait for what only time brings. */
  readonly patience: number;
  readonly signal: AbortSignal;
};

/** Runs probes against a lab; their reports come in the order of the names. Rejects with the reason of `signal` when that aborts. */
export const probe = async ({
  lab,
  names,
  together = false,
  patience,
  signal,
}: ProbeOptions): Promise<readonly ProbeReport[]> => {
  const chosen = names.map(probeOf);
  const docker = await connectDocker();
  const status = await labStatus(docker, lab);
  const faulty = await findFaultyLab(docker, lab);
  const ca = await readFile(status.trust.caFile, 'utf8');
  const http = httpClient(ca, REQUEST_TIMEOUT, signal);
  const undisturbed = httpClient(ca, REQUEST_TIMEOUT);
  const runOne = async ({ name, run }: (typeof chosen)[number]): Promise<ProbeReport> => {
    const context = { status, lab: faulty, http, undisturbed, ca, interrupted: signal, patience };
    const report = await runProbe(name, run, context);
    signal.throwIfAborted();
    return report;
  };
  if (together) return allDone(chosen.map(runOne));
  const reports: ProbeReport[] = [];
  for (const each of chosen) reports.push(await runOne(each));
  return reports;
};

/** As `Promise.all`, but a rejection waits for the others: they still remove what they made. */
const allDone = async <T>(work: readonly Promise<T>[]): Promise<readonly T[]> => {
  await Promise.allSettled(work);
  return Promise.all(work);
};

const probeOf = (name: string): { readonly name: string; readonly run: Probe } => {
  const run = Object.hasOwn(PROBES, name) ? PROBES[name] : undefined;
  if (run) return { name, run };
  const evidence = `there are: ${Object.keys(PROBES).join(', ')}`;
  throw labError('PROBE_UNKNOWN', `there is no probe ${name}`, { evidence });
};

/** 0 when all passed, 1 when one failed, 3 when something stayed unknown. Nothing asked is nothing failed. */
export const exitCodeOf = (reports: readonly ProbeReport[]): ExitCode => {
  if (reports.length === 0) return EXIT.done;
  const verdict = overall(reports.map((report) => report.verdict));
  return { pass: EXIT.done, fail: EXIT.fail, unknown: EXIT.unknown }[verdict];
};
