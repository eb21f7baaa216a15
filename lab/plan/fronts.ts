import type { Listener } from '../product/ports.ts';
import { ROLE_FACTS, type Role } from '../product/roles.ts';
import type { Version } from '../product/versions.ts';
import { frontHostPort } from './network.ts';
import type { PlannedFront, PlannedNode } from './plan.ts';

type FrontFacts = {
  readonly listener: Listener;
  readonly label: string;
  readonly port: number;
  /** Versions' documentation asks for one client on one node (configuration.md 9.1). */
  readonly sticky: (version: Version) => boolean;
};

const always = () => true;
const never = () => false;
const since310 = (version: Version) => version !== '3.0.0';

const servlet = (label: string, sticky: FrontFacts['sticky']): FrontFacts => ({
  listener: 'https',
  label,
  port: 443,
  sticky,
});

/** API traffic of a gateway: no stickiness, WebSockets on their own ports. */
const traffic = (label: string): readonly FrontFacts[] => [
  { listener: 'passthroughHttps', label, port: 443, sticky: never },
  { listener: 'passthroughHttp', label, port: 80, sticky: never },
  { listener: 'ws', label, port: 9099, sticky: never },
  { listener: 'wss', label, port: 8099, sticky: never },
];

/** What may stand behind a load balancer; the broker and the event receivers never do (configuration.md 9.1). */
const FRONTS: Readonly<Record<Role, readonly FrontFacts[]>> = {
  'key-manager': [servlet(ROLE_FACTS['key-manager'].frontLabel, since310)],
  'traffic-manager': [servlet(ROLE_FACTS['traffic-manager'].frontLabel, since310)],
  publisher: [servlet(ROLE_FACTS.publisher.frontLabel, always)],
  'developer-portal': [servlet(ROLE_FACTS['developer-portal'].frontLabel, always)],
  gateway: [servlet('gateway-mgt', always), ...traffic(ROLE_FACTS.gateway.frontLabel)],
  'all-in-one': [servlet(ROLE_FACTS['all-in-one'].frontLabel, always), ...traffic('apim-gateway')],
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

/** Host name under which the load balancer serves API traffic or, for other roles, the servlet port of a role. */
export const frontHostname = (role: Role, domain: string): string => `${ROLE_FACTS[role].frontLabel}.${domain}`;

/** Everything the load balancer serves, one front per role and listener. */
export const planFronts = ({ version, domain, slot, sticky, expose, nodes }: FrontInput): readonly PlannedFront[] => {
  const roles = [...new Set(nodes.map((node) => node.role))];
  return roles
    .flatMap((role) => FRONTS[role].map((facts) => ({ role, facts })))
    .map(({ role, facts }, index) => ({
      role,
      listener: facts.listener,
      hostname: `${facts.label}.${domain}`,
      port: facts.port,
      directPort: DIRECT_PORT_BASE + index,
      ...(expose && { hostPort: frontHostPort(slot, index) }),
      sticky: facts.sticky(version) ? sticky : 'none',
      upstream: nodes
        .filter((node) => node.role === role)
        .flatMap((node) =>
          node.listeners
            .filter(({ listener }) => listener === facts.listener)
            .map(({ port }) => ({ node: node.name, address: node.address, port })),
        ),
    }));
};
