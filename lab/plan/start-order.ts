import type { Listener } from '../product/ports.ts';
import { ROLE_FACTS, type Role } from '../product/roles.ts';
import { VERSIONS, type Version } from '../product/versions.ts';
import { endpointOf, nodesOf, worksAs } from './addresses.ts';
import { type LinkInput, mountedFrom } from './links.ts';
import type { Plan, PlannedNode, StartEdge } from './plan.ts';
import { SCHEMA_KEYS, schemasOf } from './schemas.ts';

/** What the start order is derived from. */
export type StartInput = LinkInput & Pick<Plan, 'firewall'>;

type Need = {
  readonly roles: readonly Role[];
  readonly needs: Role;
  /** One working node of a role serves for its whole group; events must reach every Traffic Manager. */
  readonly of: 'first' | 'every';
  readonly why: string;
  /** What the caller asks while it starts; behind a load balancer that must be up too. */
  readonly asks?: Listener;
  readonly versions: readonly Version[];
};

/**
 * Who must be up before whom: Helm pattern 3 and the gateway's boot loads (configuration.md 2.3).
 */
const NEEDS: readonly Need[] = [
  {
    roles: ['traffic-manager'],
    needs: 'key-manager',
    of: 'first',
    why: "finds the users and roles that the Key Manager's first boot writes to shared_db",
    versions: VERSIONS,
  },
  {
    roles: ['publisher', 'developer-portal'],
    needs: 'key-manager',
    of: 'first',
    why: 'gets its OAuth clients and keys from the Key Manager',
    versions: VERSIONS,
  },
  {
    roles: ['gateway'],
    needs: 'key-manager',
    of: 'first',
    why: 'loads blocking conditions and key templates from the Key Manager at start',
    asks: 'https',
    versions: ['3.0.0', '3.1.0'],
  },
  {
    roles: ['gateway'],
    needs: 'traffic-manager',
    of: 'every',
    why: 'connects to every Traffic Manager at start and lets calls pass unthrottled until then',
    versions: ['3.0.0', '3.1.0'],
  },
  {
    roles: ['gateway'],
    needs: 'traffic-manager',
    of: 'every',
    why: 'loads blocking conditions and subscriptions from the Traffic Manager and connects to every one at start',
    asks: 'https',
    versions: ['3.2.0'],
  },
];

/**
 * Who starts after whom and why: acyclic, at most one edge per pair. nginx waits for nobody, for it finds its upstreams by
 * address. Product nodes moreover let one of them fill the empty schemas first; the simulator's start needs no turns.
 */
export const planStart = (lab: StartInput): readonly StartEdge[] => {
  const edges = onePerPair([
    ...lab.nodes.flatMap((node) => partEdges(lab, node)),
    ...NEEDS.filter(({ versions }) => versions.includes(lab.version)).flatMap((need) => needEdges(lab, need)),
  ]);
  return [...edges, ...turnEdges(lab, edges)];
};

const partEdges = ({ database, share, firewall, version }: StartInput, node: PlannedNode): readonly StartEdge[] => {
  const mounted = share ? mountedFrom(share, node) : [];
  return [
    ...(schemasOf(node, version).length > 0
      ? [{ from: node.name, to: database.name, why: 'opens its data sources at start' }]
      : []),
    ...(node.dmz
      ? firewall.map(({ name, hostname }) => ({ from: node.name, to: name, why: `reaches ${hostname} through it` }))
      : []),
    ...(share && mounted.length > 0
      ? [{ from: node.name, to: share.name, why: `mounts ${mounted.join(' and ')} at start` }]
      : []),
  ];
};

/** A node that does the needed work itself, as an all-in-one does, waits for nobody else to do it. */
const needEdges = (lab: LinkInput, { roles, needs, of, why, asks }: Need): readonly StartEdge[] => {
  const workers = nodesOf(lab, needs);
  const callers = roles.flatMap((role) => nodesOf(lab, role)).filter((caller) => !worksAs(lab, caller, needs));
  const targets = of === 'first' ? workers.slice(0, 1) : workers;
  const through = asks && endpointOf(lab, needs, asks)?.name;
  const balancer = lab.balancers.find(({ name }) => name === through);
  return callers.flatMap(({ name: from }) => [
    ...targets.map(({ name: to }) => ({ from, to, why })),
    ...(balancer ? [{ from, to: balancer.name, why: `asks the ${ROLE_FACTS[needs].title}s through it at start` }] : []),
  ]);
};

/**
 * Two product nodes that boot on an empty schema both insert its first rows, and one of them fails: for each schema, one that
 * waits for no other product node there goes first.
 */
const turnEdges = ({ nodes, version }: LinkInput, edges: readonly StartEdge[]): readonly StartEdge[] => {
  const turns: StartEdge[] = [];
  for (const schema of SCHEMA_KEYS) {
    const users = nodes.filter((node) => !node.simulated && schemasOf(node, version).includes(schema));
    turns.push(...turnsAmong(users, [...edges, ...turns]));
  }
  return turns;
};

const turnsAmong = (product: readonly PlannedNode[], edges: readonly StartEdge[]): readonly StartEdge[] => {
  const first = product.find((node) => !product.some((other) => waitsFor(edges, node.name, other.name)));
  if (first === undefined) return [];
  return product
    .filter((node) => node !== first && !waitsFor(edges, node.name, first.name))
    .map(({ name: from }) => ({ from, to: first.name, why: `leaves filling the empty schemas to ${first.name}` }));
};

const waitsFor = (edges: readonly StartEdge[], from: string, to: string): boolean =>
  edges.some((edge) => edge.from === from && (edge.to === to || waitsFor(edges, edge.to, to)));

const onePerPair = (edges: readonly StartEdge[]): readonly StartEdge[] =>
  [...new Map(edges.toReversed().map((edge) => [`${edge.from} ${edge.to}`, edge])).values()].toReversed();
