import type { Check } from '../draft.ts';
import { MOST_NODES } from '../lab-names.ts';
import type { Topology } from '../schema.ts';

/** More nodes than a lab has room for. */
export const checkSize: Check = ({ complete, topology }) => {
  const count = countNodes(topology);
  if (count <= MOST_NODES) return [];
  return [
    {
      code: 'TOO_MANY_NODES',
      path: ['nodes'],
      part: 'key',
      sentence: `${complete ? '' : 'at least '}${count} nodes; a lab has room for ${MOST_NODES}`,
    },
  ];
};

/** Nodes of a topology, replicas counted out. */
export const countNodes = ({ nodes }: Topology): number => nodes.reduce((sum, { replicas }) => sum + replicas, 0);
