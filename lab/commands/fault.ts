import { setTimeout as delay } from 'node:timers/promises';
import { connectDocker } from '../engine/docker.ts';
import type { Way } from '../faults/fault.ts';
import type { FaultEvent } from '../faults/fault-event.ts';
import { findFaultyLab } from '../faults/faulty-lab.ts';
import { whileFaulty } from '../faults/while-faulty.ts';

export type FaultOptions = {
  readonly lab: string;
  readonly node: string;
  readonly way: Way;
  /** Milliseconds; the longest that a timer takes when it is not said. */
  readonly duration?: number;
  /** Hears of the fault once it is there, and once it is healed. */
  readonly emit: (event: FaultEvent) => void;
  /** Ends the fault before its time. */
  readonly signal: AbortSignal;
};

/** What a 32 bit timer can count to: 24 days. */
const LONGEST = 2 ** 31 - 1;

/** Takes a node away for a while, or until `signal` aborts, and brings it back. */
export const fault = async ({ lab, node, way, duration = LONGEST, emit, signal }: FaultOptions): Promise<void> => {
  const faulty = await findFaultyLab(await connectDocker(), lab);
  const { healed } = await whileFaulty(faulty, { node, way }, async (applied) => {
    emit({ kind: 'applied', fault: applied });
    await delay(Math.min(duration, LONGEST), undefined, { signal }).catch(() => undefined);
  });
  emit({ kind: 'healed', ...healed });
};
