import type { Plan, PlannedNode, PlannedShare } from '../../plan/plan.ts';
import { HOME_PATHS, productHome } from '../../product/image.ts';
import type { SharedDirectory } from '../../product/roles.ts';
import type { Service } from './service.ts';

/** Where the NFS server exports from, and the paths under it. */
export const EXPORT_ROOT = '/export';

/** How a container gets at a shared directory. */
export type ShareMount = 'kernel' | 'fuse' | 'volume';

/**
 * The FUSE client lives in the simulator's image only; a product node without a kernel client shares a plain volume
 * instead, with every product node of the lab.
 */
export const shareMountOf = (share: PlannedShare, node: PlannedNode): ShareMount => {
  if (share.type === 'volume') return 'volume';
  if (share.mount === 'kernel') return 'kernel';
  return node.simulated ? 'fuse' : 'volume';
};

type MountKeys = Pick<Service, 'user' | 'environment' | 'volumes' | 'cap_add' | 'devices' | 'security_opt'>;

/** The part of a node's service that mounts its shared directories. */
export const mountShares = (plan: Plan, node: PlannedNode): MountKeys => {
  const { share } = plan;
  if (!share || node.shares.length === 0) return {};
  const target = (directory: SharedDirectory) =>
    `${productHome(plan.version)}/${HOME_PATHS.deploymentServer}/${directory}`;
  if (shareMountOf(share, node) !== 'fuse') {
    return { volumes: node.shares.map((directory) => `${directory}:${target(directory)}`) };
  }
  return {
    // The entrypoint mounts as root and then becomes the product's user.
    user: 'root',
    environment: {
      NFS_MOUNTS: node.shares
        .map((directory) => `${share.address}:${EXPORT_ROOT}/${directory}=${target(directory)}`)
        .join(' '),
    },
    cap_add: ['SYS_ADMIN'],
    devices: ['/dev/fuse:/dev/fuse'],
    // Debian's and Ubuntu's AppArmor profile for containers denies mount(2).
    security_opt: ['apparmor:unconfined'],
  };
};

/** Named volumes behind the shared directories: an NFS mount by the Docker host, or a plain volume. */
export const shareVolumes = (plan: Plan): Readonly<Record<string, object>> => {
  const { share } = plan;
  if (!share) return {};
  const mounted = plan.nodes.filter((node) => node.shares.length > 0 && shareMountOf(share, node) !== 'fuse');
  const directories = new Set(mounted.flatMap((node) => node.shares));
  const options = (directory: string) =>
    share.type === 'nfs' && share.mount === 'kernel'
      ? {
          driver: 'local',
          driver_opts: {
            type: 'nfs',
            o: `addr=${share.address},nfsvers=4,rw,hard`,
            device: `:${EXPORT_ROOT}/${directory}`,
          },
        }
      : {};
  return Object.fromEntries([...directories].map((directory) => [directory, options(directory)]));
};

/** How the shared directories are mounted, for people to read; undefined when nothing is shared. */
export const shareNotice = (plan: Plan): string | undefined => {
  const { share } = plan;
  if (!share) return undefined;
  const mounts = new Set(plan.nodes.filter((node) => node.shares.length > 0).map((node) => shareMountOf(share, node)));
  return `shared directories ${share.directories.join(', ')}: ${[...mounts].map((mount) => MOUNT_NOTICES[mount]).join('; ')}`;
};

const MOUNT_NOTICES: Readonly<Record<ShareMount, string>> = {
  kernel: "NFS, mounted by the Docker host's kernel",
  fuse: "NFS, mounted by each node through FUSE (the Docker host's kernel has no NFS client)",
  volume: 'a plain Docker volume, not NFS',
};
