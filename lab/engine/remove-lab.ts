import { z } from 'zod';
import { LABELS } from '../render/compose/labels.ts';
import { type Docker, dockerStatus } from './docker.ts';
import { observeContainers } from './observe.ts';

/** Roles whose containers serve file systems or data to the others: they come first and go last, or a mount on them hangs. */
export const SERVERS: readonly string[] = ['database', 'share', 'host'];

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
  const networks = await docker.listNetworks({ filters });
  await Promise.all(networks.map(({ Id }) => removeNetwork(docker, Id)));
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  await Promise.all((volumes ?? []).map(({ Name }) => gone(docker.getVolume(Name).remove())));
  return { containers: containers.map(({ name }) => name), networks: networks.length, volumes: volumes?.length ?? 0 };
};

/** Containers of others that joined the network stay, without it. */
const removeNetwork = async (docker: Docker, id: string): Promise<void> => {
  const network = docker.getNetwork(id);
  await gone(
    (async () => {
      const { Containers } = membersSchema.parse(await network.inspect());
      for (const member of Object.keys(Containers ?? {})) {
        await gone(network.disconnect({ Container: member, Force: true }));
      }
      await network.remove();
    })(),
  );
};

const membersSchema = z.object({ Containers: z.record(z.string(), z.unknown()).nullish() });

/** Somebody else may be removing the same lab: what is gone (404) or going (409) is what was wanted. */
const gone = async (removal: Promise<unknown>): Promise<void> => {
  try {
    await removal;
  } catch (error) {
    const status = dockerStatus(error);
    const going = status === 409 && /removal .* already in progress/.test(String(error));
    if (status !== 404 && !going) throw error;
  }
};
