import type { Listener } from '../product/ports.ts';
import { ROLE_FACTS, type Role } from '../product/roles.ts';
import type { Version } from '../product/versions.ts';
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

/** What stands behind the load balancer; the broker and the event receivers never do (configuration.md 9.1). */
const frontsOf = (role: Role): readonly FrontFacts[] => {
  const { servlet, traffic } = ROLE_FACTS[role].frontLabels;
  return [
    { listener: 'https', label: servlet, port: 443 },
    ...(traffic === undefined ? [] : TRAFFIC_PORTS.map(([listener, port]) => ({ listener, label: traffic, port }))),
  ];
};

/**
 * Whether the version's documentation asks for one client on one node: portals always, gateway managers when there are
 * several, Key and Traffic Managers since 3.1; API traffic never (configuration.md 9.1).
 */
const needsSticky = (role: Role, listener: Listener, version: Version): boolean => {
  if (listener !== 'https') return false;
  return version !== '3.0.0' || (role !== 'key-manager' && role !== 'traffic-manager');
};

/** Ports of a front inside the balancer's container that need no host name; one per front. */
const DIRECT_PORT_BASE = 10_000;

export type FrontInput = {
  readonly version: Version;
  readonly domain: string;
  readonly slot: number;
  readonly sticky: PlannedFront['sticky'];
  readonly expose: boolean;
  readonly nodes: readonly PlannedNode[];
};

/** The load balancer's host name that nodes of a role give as their own: a gateway's is that of its API traffic. */
export const frontHostname = (role: Role, domain: string): string => {
  const { servlet, traffic } = ROLE_FACTS[role].frontLabels;
  return `${role === 'gateway' ? (traffic ?? servlet) : servlet}.${domain}`;
};

/** Everything the load balancer serves, one front per role and listener. */
export const planFronts = ({ version, domain, slot, sticky, expose, nodes }: FrontInput): readonly PlannedFront[] => {
  const roles = [...new Set(nodes.map((node) => node.role))];
  return roles
    .flatMap((role) => frontsOf(role).map((facts) => ({ role, facts })))
    .map(({ role, facts }, index) => ({
      role,
      listener: facts.listener,
      hostname: `${facts.label}.${domain}`,
      port: facts.port,
      directPort: DIRECT_PORT_BASE + index,
      ...(expose && { hostPort: frontHostPort(slot, index) }),
      sticky: needsSticky(role, facts.listener, version) ? sticky : 'none',
      upstream: nodes
        .filter((node) => node.role === role)
        .flatMap((node) =>
          node.listeners
            .filter(({ listener }) => listener === facts.listener)
            .map(({ port }) => ({ node: node.name, address: node.address, port })),
        ),
    }));
};
