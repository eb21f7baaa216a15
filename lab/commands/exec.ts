import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connectDocker } from '../engine/docker.ts';
import { type ObservedContainer, observeContainers } from '../engine/observe.ts';
import { findNode } from '../engine/select-lab.ts';
import { IMAGE, productHome } from '../product/image.ts';
import { ROLES } from '../product/roles.ts';
import { VERSIONS } from '../product/versions.ts';

export type ExecOptions = { readonly lab: string; readonly node: string; readonly command: readonly string[] };

/**
 * Runs a command in a node, with the caller's terminal: in the product home, as the product's user. Resolves with the
 * command's exit code.
 */
export const exec = async ({ lab, node, command }: ExecOptions): Promise<number> => {
  const docker = await connectDocker();
  const container = findNode(await observeContainers(docker, lab), node);
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? ['-it'] : ['-i'];
  const child = spawn('docker', ['exec', ...terminal, ...placeOf(container), container.id, ...command], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
};

/** A node that mounts NFS through FUSE starts as root: what is run in it must not leave root's files on the share. */
const placeOf = ({ role, version }: ObservedContainer): readonly string[] => {
  const known = VERSIONS.find((each) => each === version);
  if (!ROLES.some((each) => each === role) || !known) return [];
  return ['--user', String(IMAGE.uid), '--workdir', productHome(known)];
};
