import { z } from 'zod';
import { observeContainers } from '../../engine/observe.ts';
import type { ProbeContext } from '../probes.ts';

const inspectedSchema = z.object({
  State: z.object({ Status: z.string() }),
  HostConfig: z.object({ NetworkMode: z.string() }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }),
});

/** Of a container that lives in the network of another. */
const SHARED_NETWORK = /^container:/;

/**
 * Why a node that does not answer cannot: what Docker says of its container, in words that go behind its name; undefined when
 * that is no reason. It explains a verdict and never makes one.
 */
export const awayInWords = async ({ lab }: Pick<ProbeContext, 'lab'>, node: string): Promise<string | undefined> => {
  const container = (await observeContainers(lab.docker, lab.name)).find(({ name }) => name === node);
  if (!container) return 'has no container';
  const inspected = inspectedSchema.parse(await lab.docker.getContainer(container.id).inspect());
  const { State, HostConfig, NetworkSettings } = inspected;
  if (State.Status === 'paused') return 'is paused';
  if (State.Status !== 'running') return `is not running (${State.Status})`;
  const shares = SHARED_NETWORK.test(HostConfig.NetworkMode);
  return !shares && Object.keys(NetworkSettings.Networks).length === 0 ? 'is cut off from its network' : undefined;
};
