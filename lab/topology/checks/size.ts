import type { Check } from '../draft.ts';

/** Nodes that fit into the addresses and host ports of a lab (`MAX_NODES` of the plan is computed from those). */
export const MOST_NODES = 36;

/** More nodes than a lab has room for. */
export const checkSize: Check = ({ topology }) => {
  const count = topology.nodes.reduce((sum, { replicas }) => sum + replicas, 0);
  if (count <= MOST_NODES) return [];
  return [{ code: 'TOO_MANY_NODES', path: ['nodes'], part: 'key', sentence: `${count} nodes; a lab has room for ${MOST_NODES}` }];
};
