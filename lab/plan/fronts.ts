import type { Listener } from '../product/ports.ts';
import type { Role } from '../product/roles.ts';
import { asksForStickiness } from '../product/stickiness.ts';
import type { Version } from '../product/versions.ts';
import { frontLabelsOf } from '../topology/lab-names.ts';
import { frontHostPort } from './network.ts';
import type { PlannedFront, PlannedNode } from './plan.ts';

type FrontFacts = { readonly listener: Listener; readonly label: string; readonly port: number };

/** Ports of the load balancer for API traffic, by the listener of the gateways behind it. */
const TRAFFIC_PORTS: readonly (readonly [Listener, number])[] = [
  ['passthroughHttps', 443],
  ['passthroughHttp', 80],
  ['ws', 9099],
  ['wss', 8099],
];

/** Nodes that the load balancer takes for one another. */
type Group = Pick<PlannedNode, 'role' | 'environment'>;

const inGroup = (group: Group, { role, environment }: Group): boolean =>
  role === group.role && environment === group.environment;

/** What stands behind the load balancer; the broker and the event receivers never do (configuration.md 9.1). */
const frontsOf = ({ role, environment }: Group): readonly FrontFacts[] => {
  const { servlet, traffic } = frontLabelsOf(role, environment);
  return [
    { listener: 'https', label: servlet, port: 443 },
    ...(traffic === undefined ? [] : TRAFFIC_PORTS.map(([listener, port]) => ({ listener, label: traffic, port }))),
  ];
};

/** Ports of a front inside the balancer's container that need no host name; one per front. */
const DIRECT_PORT_BASE = 10_000;

export type FrontInput = {
  readonly version: Version;
  readonly domain: string;
  readonly slot: number;
  readonly sticky: PlannedFront['sticky'];
  /** For single roles; wins over what the documentation asks for. */
  readonly stickyFor: Readonly<Partial<Record<Role, PlannedFront['sticky'] | undefined>>>;
  readonly expose: boolean;
  readonly nodes: readonly PlannedNode[];
};

/** The load balancer's host name that nodes of a role give as their own: a gateway's is that of its API traffic. */
export const frontHostname = ({ role, environment }: Group, domain: string): string => {
  const { servlet, traffic } = frontLabelsOf(role, environment);
  return `${role === 'gateway' ? (traffic ?? servlet) : servlet}.${domain}`;
};

/** How a role's servlet port keeps its clients. */
const stickyOf = (
  role: Role,
  version: Version,
  { sticky, stickyFor }: Pick<FrontInput, 'sticky' | 'stickyFor'>,
): PlannedFront['sticky'] => stickyFor[role] ?? (asksForStickiness(role, version) ? sticky : 'none');

/** Everything the load balancer serves, one front per role and listener; Gateways have them for each environment. */
export const planFronts = ({ version, domain, slot, expose, nodes, ...input }: FrontInput): readonly PlannedFront[] => {
  const groups = nodes.filter((node, index) => nodes.findIndex((other) => inGroup(node, other)) === index);
  return groups
    .flatMap((group) => frontsOf(group).map((facts) => ({ group, facts })))
    .map(({ group, facts }, index) => ({
      role: group.role,
      ...(group.environment !== undefined && { environment: group.environment }),
      listener: facts.listener,
      hostname: `${facts.label}.${domain}`,
      port: facts.port,
      directPort: DIRECT_PORT_BASE + index,
      ...(expose && { hostPort: frontHostPort(slot, index) }),
      sticky: facts.listener === 'https' ? stickyOf(group.role, version, input) : 'none',
      upstream: nodes
        .filter((node) => inGroup(group, node))
        .flatMap((node) =>
          node.listeners
            .filter(({ listener }) => listener === facts.listener)
            .map(({ port }) => ({ node: node.name, address: node.address, port })),
        ),
    }));
};
