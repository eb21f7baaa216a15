import { LABELS } from '../render/compose/labels.ts';
import type { Docker } from './docker.ts';
import { gone } from './gone.ts';
import { observeContainers } from './observe.ts';
import { removeNetworks } from './remove-networks.ts';

/**
 * Roles whose containers serve file systems or data to the others, or lead to them: they come first and go last, or a mount on them
 * hangs.
 */
export const SERVERS: readonly string[] = ['database', 'share', 'firewall', 'host'];

export type Removed = { readonly containers: readonly string[]; readonly networks: number; readonly volumes: number };

/**
 * Removes everything that carries the lab's label. Needs neither the topology file nor the lab directory; doing it again
 * removes nothing and succeeds.
 */
export const removeLab = async (docker: Docker, lab: string): Promise<Removed> => {
  const containers = await observeContainers(docker, lab);
  const isServer = ({ role }: { role: string }) => SERVERS.includes(role);
  for (const wave of [containers.filter((each) => !isServer(each)), containers.filter(isServer)]) {
    await Promise.all(wave.map(({ id }) => gone(docker.getContainer(id).remove({ force: true, v: true }))));
  }
  const filters = { label: [`${LABELS.lab}=${lab}`] };
  const networks = await removeNetworks(docker, lab);
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  await Promise.all((volumes ?? []).map(({ Name }) => gone(docker.getVolume(Name).remove())));
  return { containers: containers.map(({ name }) => name), networks, volumes: volumes?.length ?? 0 };
};
