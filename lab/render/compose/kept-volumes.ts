import type { Plan, PlannedNode } from '../../plan/plan.ts';
import { HOME_PATHS, productHome } from '../../product/image.ts';
import type { SharedDirectory } from '../../product/roles.ts';

/** Volume of a directory that a node has to itself. */
export const nodeVolume = (node: string, directory: string): string => `${node}-${directory}`;

/** Where a node has such a directory. */
export const deploymentPath = ({ version }: Pick<Plan, 'version'>, directory: SharedDirectory): string => {
  const server = `${productHome(version)}/${HOME_PATHS.deploymentServer}`;
  return directory === 'server' ? server : `${server}/${directory}`;
};

/** Mounts of what a node has to itself although others share it, so that a replaced container finds it again. */
export const keptVolumesOf = (plan: Plan, { name, keeps = [] }: PlannedNode): readonly string[] =>
  keeps.map((directory) => `${nodeVolume(name, directory)}:${deploymentPath(plan, directory)}`);

/** Docker fills each from the node's image. */
export const keptVolumes = ({ nodes }: Plan): Readonly<Record<string, object>> =>
  Object.fromEntries(
    nodes.flatMap(({ name, keeps = [] }) => keeps.map((directory) => [nodeVolume(name, directory), {}])),
  );
