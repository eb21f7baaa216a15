import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connectDocker } from '../engine/docker.ts';
import { observeContainers } from '../engine/observe.ts';
import { findNode } from '../engine/select-lab.ts';
import { labError } from '../errors/lab-error.ts';

export type LogsOptions = {
  readonly lab: string;
  /** All nodes when none is named. */
  readonly nodes: readonly string[];
  readonly follow: boolean;
  readonly tail: string;
};

/** Prints the output of nodes, each line with its node's name when there are several. */
export const logs = async ({ lab, nodes, follow, tail }: LogsOptions): Promise<void> => {
  const docker = await connectDocker();
  const containers = await observeContainers(docker, lab);
  if (containers.length === 0) throw labError('LAB_NOT_FOUND', `there is no lab ${lab} on this machine`);
  for (const node of nodes) findNode(containers, node);
  const [{ directory } = { directory: '' }] = containers;
  const args = ['compose', '--file', `${directory}/compose.yaml`, 'logs', '--tail', tail];
  const child = spawn('docker', [...args, ...(follow ? ['--follow'] : []), ...nodes], { stdio: 'inherit' });
  await once(child, 'close');
};
