import { ROLE_FACTS, type Role, type RoleFacts } from '../product/roles.ts';
import type { Topology } from './schema.ts';

/** Names of a lab's own containers; nodes may not have them. */
export const PARTS = { database: 'mysql', share: 'nfs', sync: 'rsync', balancer: 'lb', backend: 'backend' } as const;

/** Name of the load balancer of one component, where each has its own. */
export const balancerOf = (role: Role): string => `${PARTS.balancer}-${ROLE_FACTS[role].abbreviation}`;

/** Name of the load balancer that leads into the DMZ. */
export const DMZ_BALANCER = `${PARTS.balancer}-dmz`;

/** Begins the names of the firewall's containers, one for each host that the DMZ may reach. */
export const FIREWALL = 'fw';

/**
 * Host labels of the load balancer before a role: for the servlet port, and for API traffic. Where a lab has several gateway
 * environments, each has its own.
 */
export const frontLabelsOf = (role: Role, environment?: string): RoleFacts['frontLabels'] => {
  const { servlet, traffic } = ROLE_FACTS[role].frontLabels;
  const suffix = environment === undefined ? '' : `-${environment}`;
  return { servlet: servlet + suffix, ...(traffic !== undefined && { traffic: traffic + suffix }) };
};

/** Domain of a lab's host names. */
export const domainOf = ({ domain, lab }: Pick<Topology, 'domain' | 'lab'>): string => domain ?? `${lab}.test`;

/** Nodes that a lab has addresses and host ports for. */
export const MOST_NODES = 36;
