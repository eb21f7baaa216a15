import type { Description } from '../plan/description.ts';
import type { Docker } from './docker.ts';
import { memoryUse } from './memory-use.ts';
import type { ObservedContainer } from './observe.ts';
import { findLab } from './select-lab.ts';

/** How a container stands. */
type Standing = Pick<ObservedContainer, 'state' | 'health'> & { readonly memoryBytes: number | null };

/** The answer of `status --json`; documented and stable (docs/machine-interface.md). */
export type LabStatus = Omit<Description, 'nodes'> & {
  readonly nodes: readonly (Description['nodes'][number] & Standing)[];
  /** Database, load balancer and share. */
  readonly parts: readonly ({ readonly name: string; readonly role: string; readonly image: string } & Standing)[];
};

/** A lab as it stands: what was planned, with the state, health and memory of every container. */
export const labStatus = async (docker: Docker, lab: string): Promise<LabStatus> => {
  const { description, containers } = await findLab(docker, lab);
  const standing = async (container: ObservedContainer | undefined): Promise<Standing> => {
    if (!container) return { state: 'missing', health: 'none', memoryBytes: null };
    const { state, health, id } = container;
    return { state, health, memoryBytes: state === 'running' ? ((await memoryUse(docker, id)) ?? null) : null };
  };
  const nodes = description.nodes.map(async (node) => ({
    ...node,
    ...(await standing(containers.find(({ name }) => name === node.name))),
  }));
  const parts = containers
    .filter(({ name }) => !description.nodes.some((node) => node.name === name))
    .map(async (part) => ({ name: part.name, role: part.role, image: part.image, ...(await standing(part)) }));
  return { ...description, nodes: await Promise.all(nodes), parts: await Promise.all(parts) };
};
