import { systemTimers, type Timers } from '../broker/timers.ts';
import type { Log } from '../carbon/log.ts';
import { elapsed } from '../gateway/boot-loads/elapsed.ts';
import type { GatewaySynchronization } from './synchronization.ts';

export type LoadParts = Pick<GatewaySynchronization, 'startsInSync' | 'retryDuration'> & {
  /** Deploys all there is; false when the event hub could not be asked. */
  readonly attempt: () => Promise<boolean>;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly timers?: Timers;
};

/** Attempts of a start in sync: the first one and ten more (wire.md 6.3). */
const SYNC_TRIES = 11;

/** Milliseconds between two attempts at most. */
const LONGEST_WAIT = 60 * 60 * 1000;

/**
 * Loads the APIs of a gateway that starts (carbon-apimgt, GatewayStartupListener). In sync it resolves when they are deployed, or
 * given up; otherwise at once, and attempts go on until one succeeds.
 */
export const loadArtifacts = async (parts: LoadParts): Promise<void> => {
  if (parts.startsInSync) await inSync(parts);
  else void inBackground(parts);
};

const inSync = async ({ attempt, log, signal }: LoadParts): Promise<void> => {
  for (let tried = 1; tried <= SYNC_TRIES; tried++) {
    if (await attempt()) return log.info(`Deployment attempt : ${tried} was successful`);
    if (signal.aborted) return;
    log.error(`Deployment attempt : ${tried} was unsuccessful`);
  }
  log.error('Maximum retry limit exceeded. Server is starting without deploying all synapse artifacts');
};

const inBackground = async ({
  attempt,
  retryDuration,
  log,
  signal,
  timers = systemTimers,
}: LoadParts): Promise<void> => {
  for (let wait = retryDuration; !(await attempt()); ) {
    wait = Math.min(wait * 2, LONGEST_WAIT);
    if (signal.aborted) return;
    log.error(`Unable to deploy synapse artifacts at gateway. Next retry in ${wait / 1000} seconds`);
    if (!(await elapsed(wait, timers, signal))) return;
  }
  log.info('Synapse Artifacts deployed Successfully in the Gateway');
};
