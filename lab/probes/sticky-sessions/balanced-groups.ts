import type { LabStatus } from '../../engine/lab-status.ts';
import { ROLES, type Role } from '../../product/roles.ts';
import { asksForStickiness } from '../../product/stickiness.ts';

/** A node, or the load balancer, by the URL of its servlet port. */
export type Way = { readonly name: string; readonly origin: string };

/** Several nodes of one role, and the load balancer that is to keep a client on one of them. */
export type BalancedGroup = {
  readonly role: Role;
  readonly balancer: Way;
  readonly members: readonly Way[];
};

/** Every group whose documentation asks for stickiness. A lone node needs none, and proves nothing. */
export const balancedGroups = ({ version, nodes, endpoints, environments }: LabStatus): readonly BalancedGroup[] =>
  ROLES.flatMap((role) => {
    const groups =
      role === 'gateway' && environments.length > 1
        ? environments.map(({ name, urls }) => ({ environment: name, of: `${role} ${name}`, origin: urls.https }))
        : [{ environment: undefined, of: role, origin: endpoints[role]?.https }];
    return groups.flatMap(({ environment, of, origin }) => {
      const members = nodes.flatMap(({ name, role: found, environment: own, urls: { https } }) =>
        found === role && own === environment && https !== undefined ? [{ name, origin: https }] : [],
      );
      if (origin === undefined || members.length < 2 || !asksForStickiness(role, version)) return [];
      return [{ role, balancer: { name: `load balancer of ${of}`, origin }, members }];
    });
  });
