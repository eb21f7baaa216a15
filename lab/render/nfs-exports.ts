import { SHARE_PORT } from '../plan/addresses.ts';
import { MOUNT_PORT } from '../plan/firewall.ts';
import type { Plan } from '../plan/plan.ts';
import { EXPORT_ROOT } from './compose/share-mounts.ts';

/**
 * Configuration of the NFS server, nfs-ganesha: exports the parent of the shared directories over NFS 3 and 4
 * (docker.md 13). Version 3 is for the FUSE client, which survives a restart of the server only without v4's state.
 */
export const renderGaneshaConf = (
  plan: Plan,
): string => `# NFS server of the lab "${plan.lab}": ${plan.share?.directories.join(', ') ?? 'nothing'} below ${EXPORT_ROOT}.
# Rendered by apim-lab from the topology file: change that, not this.

NFS_CORE_PARAM {
  Protocols = 3, 4;
  NFS_Port = ${SHARE_PORT};
  MNT_Port = ${MOUNT_PORT};
  mount_path_pseudo = true;
  Enable_NLM = false;
  Enable_RQUOTA = false;
  Enable_UDP = false;
  # PR_SET_IO_FLUSHER needs a capability that the container does without.
  allow_set_io_flusher_fail = true;
}

NFSV4 {
  # No grace period: nothing holds locks over a restart, and clients would wait for it.
  Graceless = true;
  Lease_Lifetime = 20;
  Grace_Period = 5;
  Minor_Versions = 0, 1, 2;
  Delegations = false;
  RecoveryBackend = fs;
  Only_Numeric_Owners = true;
  Allow_Numeric_Owners = true;
}

NFS_KRB5 {
  Active_krb5 = false;
}

EXPORT_DEFAULTS {
  Access_Type = RW;
  Squash = no_root_squash;
  SecType = sys;
  Protocols = 3, 4;
  Transports = TCP;
  # Members see each other's files at once.
  Attr_Expiration_Time = 0;
}

EXPORT {
  Export_Id = 1;
  Path = ${EXPORT_ROOT};
  Pseudo = ${EXPORT_ROOT};
  FSAL {
    Name = VFS;
  }
}

LOG {
  Default_Log_Level = EVENT;
}
`;
