import { connectDocker } from '../engine/docker.ts';
import { type LabStatus, labStatus } from '../engine/lab-status.ts';

/** A lab as it stands. */
export const status = async (lab: string): Promise<LabStatus> => labStatus(await connectDocker(), lab);
