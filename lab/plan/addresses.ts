import { LISTENERS, type Listener, portOf } from '../product/ports.ts';
import type { Role } from '../product/roles.ts';
import type { Plan, PlannedEnvironment, PlannedFront, PlannedNode } from './plan.ts';

/** The part of a plan that says where things are. */
export type Addressable = Pick<Plan, 'nodes' | 'balancers' | 'environments'>;

/** Where a role is reached: one of its nodes or the load balancer in front of them. */
export type Endpoint = {
  /** Node or load balancer. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
};

/** Ports that a URL of the scheme does not spell; a load balancer on 443 wants URLs without it (configuration.md 9.3). */
const IMPLIED_PORTS: Readonly<Record<string, number>> = { https: 443, http: 80 };

/** Port of the NFS server (docker.md 13); no offset applies to it. */
export const SHARE_PORT = 2049;

/** Nodes that do a role's work: those of the role or, where the lab has none, its all-in-ones. */
export const nodesOf = ({ nodes }: Pick<Plan, 'nodes'>, role: Role): readonly PlannedNode[] => {
  const own = nodes.filter((node) => node.role === role);
  return own.length > 0 ? own : nodes.filter((node) => node.role === 'all-in-one');
};

/** Nodes that serve the APIs of an environment. An all-in-one does where there are no others. */
export const gatewaysOf = (lab: Pick<Plan, 'nodes'>, { label }: PlannedEnvironment): readonly PlannedNode[] =>
  nodesOf(lab, 'gateway').filter(({ role, environment }) => role !== 'gateway' || environment === label);

/** Whether the role's work is this node's own, so that it calls itself for it. */
export const worksAs = (lab: Pick<Plan, 'nodes'>, { name }: PlannedNode, role: Role): boolean =>
  nodesOf(lab, role).some((node) => node.name === name);

/** Where everybody finds a listener of this very node. The port carries the node's own offset (configuration.md 3.2). */
export const nodeEndpoint = ({ name, hostname, offset }: PlannedNode, listener: Listener): Endpoint => ({
  name,
  hostname,
  port: portOf(listener, offset),
});

/**
 * Where a role as a whole is reached: at the load balancer when it has several nodes or presents itself under the load
 * balancer's name, else at its node. Without a load balancer several nodes are reached at the first.
 * Never at the load balancer for the broker and the event receivers: it has no front for them (configuration.md 9.1).
 * Gateways are those of one environment, the first if nothing else is said.
 * Undefined when nothing in the lab does the role's work.
 */
export const endpointOf = (
  lab: Addressable,
  role: Role,
  listener: Listener,
  environment = lab.environments[0],
): Endpoint | undefined => {
  const nodes = role === 'gateway' && environment ? gatewaysOf(lab, environment) : nodesOf(lab, role);
  const [first] = nodes;
  if (first === undefined) return undefined;
  const balanced = nodes.length > 1 || first.proxyPort !== undefined;
  return (balanced ? frontOf(lab, first, listener) : undefined) ?? nodeEndpoint(first, listener);
};

const frontOf = (
  { balancers }: Addressable,
  { role, environment }: PlannedNode,
  listener: Listener,
): Endpoint | undefined => {
  const serves = (front: PlannedFront) =>
    front.role === role && front.environment === environment && front.listener === listener;
  return balancers.flatMap(({ name, fronts }) =>
    fronts.filter(serves).map(({ hostname, port }) => ({ name, hostname, port })),
  )[0];
};

/** URL of a role without a path and without a trailing slash; see endpointOf for whose. */
export const urlOf = (
  lab: Addressable,
  role: Role,
  listener: Listener,
  environment?: PlannedEnvironment,
): string | undefined => {
  const endpoint = endpointOf(lab, role, listener, environment);
  return endpoint && urlAt(endpoint, listener);
};

/** URL of this very node, without a path and without a trailing slash. */
export const nodeUrl = (node: PlannedNode, listener: Listener): string => urlAt(nodeEndpoint(node, listener), listener);

const urlAt = ({ hostname, port }: Endpoint, listener: Listener): string => {
  const { scheme } = LISTENERS[listener];
  return IMPLIED_PORTS[scheme] === port ? `${scheme}://${hostname}` : `${scheme}://${hostname}:${port}`;
};
