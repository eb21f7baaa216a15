import { SHARE_PORT } from '../../plan/addresses.ts';
import { exportOf } from '../../plan/exports.ts';
import type { Plan, PlannedNode, PlannedShare } from '../../plan/plan.ts';
import type { SharedDirectory } from '../../product/roles.ts';
import { deploymentPath } from './kept-volumes.ts';
import type { Service } from './service.ts';

/** Where the NFS server exports from, and the paths under it. */
export const EXPORT_ROOT = '/export';

/** How a container gets at a shared directory. */
export type ShareMount = 'kernel' | 'fuse' | 'volume';

/** The same for all who share it, or they would not see each other's files. */
export const shareMountOf = (share: PlannedShare, directory: string): ShareMount =>
  share.type === 'volume' || share.onVolume.includes(directory) ? 'volume' : share.mount;

type MountKeys = Pick<Service, 'user' | 'environment' | 'volumes' | 'cap_add' | 'devices' | 'security_opt'>;

/** The part of a node's service that mounts its shared directories. */
export const mountShares = (plan: Plan, node: PlannedNode): MountKeys => {
  const { share } = plan;
  if (!share || node.shares.length === 0) return {};
  const target = (directory: SharedDirectory) => deploymentPath(plan, directory);
  const byFuse = node.shares.filter((directory) => shareMountOf(share, exportOf(node, directory)) === 'fuse');
  const volumes = node.shares
    .filter((directory) => !byFuse.includes(directory))
    .map((directory) => `${exportOf(node, directory)}:${target(directory)}`);
  return {
    ...(volumes.length > 0 && { volumes }),
    ...(byFuse.length > 0 && {
      // The entrypoint mounts as root and then becomes the product's user.
      user: 'root',
      environment: {
        NFS_MOUNTS: byFuse
          .map(
            (directory) =>
              `${addressSeenBy(plan, share, node)}:${EXPORT_ROOT}/${exportOf(node, directory)}=${target(directory)}`,
          )
          .join(' '),
      },
      cap_add: ['SYS_ADMIN'],
      devices: ['/dev/fuse:/dev/fuse'],
      // Debian's and Ubuntu's AppArmor profile for containers denies mount(2).
      security_opt: ['apparmor:unconfined'],
    }),
  };
};

/** From the DMZ the share is where the firewall lets one through to it. */
const addressSeenBy = ({ firewall }: Plan, { address }: PlannedShare, { dmz }: PlannedNode): string => {
  const passage = firewall.find(({ ports }) =>
    ports.some(({ port, to }) => port === SHARE_PORT && to.address === address),
  );
  return dmz && passage ? passage.dmzAddress : address;
};

/** Named volumes behind the shared directories: an NFS mount by the Docker host, or a plain volume. */
export const shareVolumes = (plan: Plan): Readonly<Record<string, object>> => {
  const { share } = plan;
  if (!share) return {};
  const directories = share.directories.filter((directory) => shareMountOf(share, directory) !== 'fuse');
  const options = (directory: string) =>
    shareMountOf(share, directory) === 'kernel'
      ? {
          driver: 'local',
          driver_opts: {
            type: 'nfs',
            o: `addr=${share.address},nfsvers=4,rw,hard`,
            device: `:${EXPORT_ROOT}/${directory}`,
          },
        }
      : {};
  return Object.fromEntries(directories.map((directory) => [directory, options(directory)]));
};

/** How the shared directories are mounted, for people to read; undefined when nothing is shared. */
export const shareNotice = ({ share }: Plan): string | undefined => {
  if (!share) return undefined;
  const mounts = new Set(share.directories.map((directory) => shareMountOf(share, directory)));
  const notices = [...mounts].map((mount) => {
    const directories = share.directories.filter((directory) => shareMountOf(share, directory) === mount);
    const why = mount === 'volume' && share.onVolume.length > 0 ? WITHOUT_CLIENT : '';
    return `${directories.join(', ')}: ${MOUNT_NOTICES[mount]}${why}`;
  });
  return `shared directories ${notices.join('; ')}`;
};

const MOUNT_NOTICES: Readonly<Record<ShareMount, string>> = {
  kernel: "NFS, mounted by the Docker host's kernel",
  fuse: "NFS, mounted by each node through FUSE (the Docker host's kernel has no NFS client)",
  volume: 'a plain Docker volume, not NFS',
};

const WITHOUT_CLIENT = " (neither product nodes nor the Docker host's kernel have an NFS client)";
