import { reachOf } from '../../product/invalidation.ts';
import type { HopRecorder } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import { Undo } from '../undo.ts';
import { setStage } from './stage.ts';
import type { Trial } from './trial.ts';
import { TRIALS } from './trials.ts';
import { tryInvalidation } from './try-invalidation.ts';

/**
 * Proves that what was taken back is refused (wire.md 4): for each way of taking back, how long each gateway took to learn of
 * it and what passed meanwhile; or that the version leaves a hole there, and that this gateway is in it.
 */
export const cacheInvalidation = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const undo = new Undo();
  try {
    const stage = await setStage(context, recorder, undo);
    if (!stage || stage.gateways.length === 0)
      return recorder.notTried({ name: 'caches', from: 'probe', to: 'gateways' }, 'no gateway serves the API');
    const { version } = context.status;
    const tried = TRIALS.filter(({ applies }) => !applies || applies(stage, version));
    const isHole = ({ invalidation }: Trial): boolean => reachOf(invalidation, version) === 'no gateway';
    const run = (trial: Trial): Promise<void> => tryInvalidation(stage, trial, version, recorder, undo);
    // Nothing is timed where nobody is told, and each has an application of its own: they can wait at the same time.
    await allOf(tried.filter(isHole).map(run));
    for (const trial of tried.filter((each) => !isHole(each))) {
      if (context.interrupted.aborted) return;
      await run(trial);
    }
  } finally {
    await undo.all(recorder);
  }
};

/** Ends when the last one has, even if another failed: what is removed afterwards must not be in use any more. */
const allOf = async (works: readonly Promise<void>[]): Promise<void> => {
  for (const ended of await Promise.allSettled(works)) if (ended.status === 'rejected') throw ended.reason;
};
