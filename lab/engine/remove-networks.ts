import { z } from 'zod';
import { LABELS } from '../render/compose/labels.ts';
import type { Docker } from './docker.ts';
import { gone } from './gone.ts';

/** Removes the networks of a lab, which none of its own containers may use any more. Yields how many there were. */
export const removeNetworks = async (docker: Docker, lab: string): Promise<number> => {
  const networks = await docker.listNetworks({ filters: { label: [`${LABELS.lab}=${lab}`] } });
  await Promise.all(networks.map(({ Id }) => removeNetwork(docker, Id)));
  return networks.length;
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
