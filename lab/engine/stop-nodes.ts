import { type Docker, dockerStatus } from './docker.ts';
import { observeContainers } from './observe.ts';

/** Stops containers of a lab as their grace period allows; they stay for the next start. */
export const stopNodes = async (docker: Docker, lab: string, nodes: readonly string[]): Promise<void> => {
  if (nodes.length === 0) return;
  const containers = await observeContainers(docker, lab);
  const chosen = containers.filter(({ name }) => nodes.includes(name));
  await Promise.all(chosen.map(({ id }) => docker.getContainer(id).stop().catch(unlessStopped)));
};

/** 304: it stood still already, or somebody else stopped it meanwhile. */
const unlessStopped = (error: unknown): void => {
  if (dockerStatus(error) !== 304) throw error;
};
