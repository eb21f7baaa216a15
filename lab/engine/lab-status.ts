import type { Description } from '../plan/description.ts';
import type { Docker } from './docker.ts';
import { memoryUse } from './memory-use.ts';
import type { ObservedContainer } from './observe.ts';
import { findLab } from './select-lab.ts';

/** How a container stands. */
type Standing = Pick<ObservedContainer, 'state' | 'health'> & { readonly memoryBytes: number | null };

/** What `status --json` tells of a lab; documented and stable (docs/machine-interface.md). */
export type LabStatus = Omit<Description, 'nodes' | 'parts'> & {
  readonly nodes: readonly (Description['nodes'][number] & Standing)[];
  readonly parts: readonly (Description['parts'][number] & Standing)[];
};

/** A lab as it stands: what was planned, with the state, health and memory of every container. */
export const labStatus = async (docker: Docker, lab: string): Promise<LabStatus> => {
  const { description, containers } = await findLab(docker, lab);
  const standing = async (container: ObservedContainer | undefined): Promise<Standing> => {
    if (!container) return { state: 'missing', health: 'none', memoryBytes: null };
    const { state, health, id } = container;
    return { state, health, memoryBytes: state === 'running' ? ((await memoryUse(docker, id)) ?? null) : null };
  };
  const withStanding = async <T extends { readonly name: string }>(part: T): Promise<T & Standing> => ({
    ...part,
    ...(await standing(containers.find(({ name }) => name === part.name))),
  });
  return {
    ...description,
    nodes: await Promise.all(description.nodes.map(withStanding)),
    parts: await Promise.all(description.parts.map(withStanding)),
  };
};
