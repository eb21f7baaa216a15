import type { HopRecorder } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import { Undo } from '../undo.ts';
import { setStage } from './stage.ts';
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
    for (const trial of TRIALS) {
      if (context.interrupted.aborted) return;
      if (trial.applies && !trial.applies(stage, version)) continue;
      await tryInvalidation(stage, trial, version, recorder, undo);
    }
  } finally {
    await undo.all(recorder);
  }
};
