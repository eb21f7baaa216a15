import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectDocker } from '../engine/docker.ts';
import { findLab, findNode } from '../engine/select-lab.ts';
import { projectOf } from '../plan/plan-lab.ts';
import { FILES } from '../render/paths.ts';

export type LogsOptions = {
  readonly lab: string;
  /** All nodes when none is named. */
  readonly nodes: readonly string[];
  readonly follow: boolean;
  readonly tail: string;
};

/** Prints the output of nodes, each line with its node's name. Resolves with the exit code of `docker compose logs`. */
export const logs = async ({ lab, nodes, follow, tail }: LogsOptions): Promise<number> => {
  const { containers, directory } = await findLab(await connectDocker(), lab);
  for (const node of nodes) findNode(containers, node);
  // COMPOSE_PROJECT_NAME of the caller's environment would win over the name in the file.
  const args = [
    'compose',
    '--project-name',
    projectOf(lab),
    '--file',
    join(directory, FILES.compose),
    'logs',
    '--tail',
    tail,
  ];
  const child = spawn('docker', [...args, ...(follow ? ['--follow'] : []), ...nodes], { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
};
