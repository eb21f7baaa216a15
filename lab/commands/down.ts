import { connectDocker, type Docker } from '../engine/docker.ts';
import { labDirectory, removeProject } from '../engine/lab-directory.ts';
import { holdLab } from '../engine/lab-lock.ts';
import { observeContainers } from '../engine/observe.ts';
import { type Removed, removeLab } from '../engine/remove-lab.ts';

/** Removes a lab with its data and its rendered files. Succeeds also when there is nothing to remove. */
export const down = async (lab: string): Promise<Removed> => {
  const docker = await connectDocker();
  return holdLab(lab, () => removeAll(docker, lab));
};

const removeAll = async (docker: Docker, lab: string): Promise<Removed> => {
  const [container] = await observeContainers(docker, lab);
  const removed = await removeLab(docker, lab);
  await removeProject(lab, container?.directory || labDirectory(lab));
  return removed;
};
