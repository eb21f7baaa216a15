import { ROLE_FACTS, type Role } from '../product/roles.ts';
import type { Topology } from './schema.ts';

/** Names of a lab's own containers; nodes may not have them. */
export const PARTS = { database: 'mysql', share: 'nfs', sync: 'rsync', balancer: 'lb', backend: 'backend' } as const;

/** Name of the load balancer of one component, where each has its own. */
export const balancerOf = (role: Role): string => `${PARTS.balancer}-${ROLE_FACTS[role].abbreviation}`;

/** Domain of a lab's host names. */
export const domainOf = ({ domain, lab }: Pick<Topology, 'domain' | 'lab'>): string => domain ?? `${lab}.test`;

/** Nodes that a lab has addresses and host ports for. */
export const MOST_NODES = 36;
