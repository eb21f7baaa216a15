import { z } from 'zod';
import type { Docker } from '../engine/docker.ts';
import type { Attachment } from './fault.ts';

const inspectedSchema = z.object({
  NetworkSettings: z.object({
    Networks: z.record(
      z.string(),
      z.object({
        IPAMConfig: z.object({ IPv4Address: z.string().optional() }).nullish(),
        IPAddress: z.string(),
        Aliases: z.array(z.string()).nullish(),
      }),
    ),
  }),
});

/** The networks a container is attached to, with what Docker would forget. None for one that shares another's. */
export const attachmentsOf = async (docker: Docker, id: string): Promise<readonly Attachment[]> => {
  const { NetworkSettings } = inspectedSchema.parse(await docker.getContainer(id).inspect());
  return Object.entries(NetworkSettings.Networks).map(([network, { IPAMConfig, IPAddress, Aliases }]) => ({
    network,
    address: IPAMConfig?.IPv4Address ?? IPAddress,
    aliases: Aliases ?? [],
  }));
};

export const detach = async (docker: Docker, id: string, { network }: Attachment): Promise<void> => {
  await docker.getNetwork(network).disconnect({ Container: id });
};

export const attach = async (docker: Docker, id: string, { network, address, aliases }: Attachment): Promise<void> => {
  await docker.getNetwork(network).connect({
    Container: id,
    EndpointConfig: { IPAMConfig: { IPv4Address: address }, Aliases: aliases },
  });
};
