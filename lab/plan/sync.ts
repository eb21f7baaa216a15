import type { SharedDirectory } from '../product/roles.ts';
import { PARTS } from '../topology/lab-names.ts';
import type { Topology } from '../topology/schema.ts';
import { nodesOf } from './addresses.ts';
import type { Placement, Plan, PlannedNode, PlannedSync } from './plan.ts';

/** What is in it is written by deployments only, so that it can be copied (configuration.md 10). */
const COPIED: SharedDirectory = 'synapse-configs';

/** What a node mounts from the share: all its role shares, but for what comes to it in another way; or what is around it. */
export const sharedBy = (
  { sharedFileSystem: { type, apis, directories } }: Topology,
  needed: readonly SharedDirectory[],
): readonly SharedDirectory[] => {
  if (type === 'none' || needed.length === 0) return [];
  if (directories === 'server') return ['server'];
  return needed.filter((directory) => apis === 'share' || directory !== COPIED);
};

/** The copying of APIs among gateways; undefined where they share them, or where there is one gateway only. */
export const planSync = (
  { sharedFileSystem: { apis, rsyncInterval } }: Topology,
  { images }: Placement,
  nodes: readonly PlannedNode[],
): PlannedSync | undefined => {
  const [manager, ...workers] = nodesOf({ nodes }, 'gateway');
  if (apis !== 'rsync' || manager === undefined || workers.length === 0) return undefined;
  return {
    name: PARTS.sync,
    // rsync is in the image of the NFS server, whose place it takes.
    image: images.nfs,
    directory: COPIED,
    manager: manager.name,
    workers: workers.map(({ name }) => name),
    interval: rsyncInterval,
  };
};

/**
 * The one gateway that everybody deploys to: that which rsync copies from, so never the load balancer (configuration.md 10).
 * Undefined where any gateway does.
 */
export const gatewayManager = ({ nodes, sync }: Pick<Plan, 'nodes' | 'sync'>): PlannedNode | undefined =>
  nodes.find(({ name }) => name === sync?.manager);
