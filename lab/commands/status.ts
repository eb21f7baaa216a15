import { connectDocker } from '../engine/docker.ts';
import { type LabStatus, labStatus } from '../engine/lab-status.ts';
import { findLab } from '../engine/select-lab.ts';
import type { Fault } from '../faults/fault.ts';
import { recordedFaults } from '../faults/fault-records.ts';

/** The answer of `status --json`; documented and stable (docs/machine-interface.md). */
export type StatusAnswer = LabStatus & { readonly faults: readonly Pick<Fault, 'node' | 'way' | 'since'>[] };

/** A lab as it stands, with the faults that are applied on purpose. */
export const status = async (lab: string): Promise<StatusAnswer> => {
  const docker = await connectDocker();
  const { directory } = await findLab(docker, lab);
  const faults = (await recordedFaults(directory)).map(({ node, way, since }) => ({ node, way, since }));
  return { ...(await labStatus(docker, lab)), faults };
};
