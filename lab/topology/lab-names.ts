import type { Topology } from './schema.ts';

/** Names of a lab's own containers; nodes may not have them. */
export const PARTS = { database: 'mysql', share: 'nfs', balancer: 'lb', backend: 'backend' } as const;

/** Domain of a lab's host names. */
export const domainOf = ({ domain, lab }: Pick<Topology, 'domain' | 'lab'>): string => domain ?? `${lab}.test`;

/** Nodes that a lab has addresses and host ports for. */
export const MOST_NODES = 36;
