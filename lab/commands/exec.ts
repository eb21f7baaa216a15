import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connectDocker } from '../engine/docker.ts';
import { observeContainers } from '../engine/observe.ts';
import { findNode } from '../engine/select-lab.ts';

export type ExecOptions = { readonly lab: string; readonly node: string; readonly command: readonly string[] };

/** Runs a command in a node, with the caller's terminal. Resolves with the command's exit code. */
export const exec = async ({ lab, node, command }: ExecOptions): Promise<number> => {
  const docker = await connectDocker();
  const { id } = findNode(await observeContainers(docker, lab), node);
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? ['-it'] : ['-i'];
  const child = spawn('docker', ['exec', ...terminal, id, ...command], { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
};
