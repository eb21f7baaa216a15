import { connectDocker } from '../engine/docker.ts';
import { findFaultyLab } from '../faults/faulty-lab.ts';
import { type Healed, healLab } from '../faults/heal-fault.ts';

/** Brings every node back that was taken away and still is, also by a process that was killed. */
export const heal = async (lab: string): Promise<readonly Healed[]> =>
  healLab(await findFaultyLab(await connectDocker(), lab));
