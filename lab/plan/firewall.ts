import { FIREWALL } from '../topology/lab-names.ts';
import { SHARE_PORT } from './addresses.ts';
import { addressOf } from './network.ts';
import type { Link, PassagePort, Plan, PlannedNode, PlannedPassage, PlannedShare } from './plan.ts';

/** What the passages through the firewall follow from. */
export type FirewallInput = Pick<Plan, 'slot' | 'domain' | 'nodes' | 'balancers' | 'links' | 'backend'> & {
  readonly share: PlannedShare | undefined;
  /** An nginx, which passes on what comes to a port. */
  readonly image: string;
};

/** Port of the mount protocol of NFS 3, fixed, so that clients need no portmapper (docker.md 5). */
export const MOUNT_PORT = 20048;

type Passage = Pick<PlannedPassage, 'hostname' | 'aliases'> & { readonly port: PassagePort };

/**
 * What nodes in the DMZ may reach: exactly what their configuration makes them call, and the back end of the APIs that they serve.
 * One passage for each host name, for several hosts listen on one port. Pure.
 */
export const planFirewall = (lab: FirewallInput): readonly PlannedPassage[] => {
  const inside = lab.nodes.filter(({ dmz }) => dmz).map(({ name }) => name);
  if (inside.length === 0) return [];
  const calls = lab.links.filter(({ from }) => inside.includes(from));
  const passages = [...calls.flatMap((link) => passagesOf(lab, link)), ...backendPassage(lab)];
  const hostnames = [...new Set(passages.map(({ hostname }) => hostname))];
  return hostnames.map((hostname, index) => {
    const same = passages.filter((each) => each.hostname === hostname);
    const ports = new Map(same.map(({ port }) => [port.port, port]));
    return {
      name: `${FIREWALL}-${labelOf(hostname, lab.domain)}`,
      image: lab.image,
      hostname,
      aliases: [...new Set(same.flatMap(({ aliases }) => aliases))],
      ...addressOf.passage(lab.slot, index),
      ports: [...ports.values()].sort((one, other) => one.port - other.port),
    };
  });
};

/** `km-1` of `km-1.lab.test`. */
const labelOf = (hostname: string, domain: string): string =>
  (hostname.endsWith(`.${domain}`) ? hostname.slice(0, -domain.length - 1) : hostname)
    .replaceAll('.', '-')
    .toLowerCase();

const passagesOf = (lab: FirewallInput, link: Link): readonly Passage[] => {
  if (link.to === lab.share?.name) return sharePassages(lab, lab.share, link);
  const { hostname, port, why } = link;
  const to = targetOf(lab, link);
  return hostname !== undefined && to ? [{ hostname, aliases: [hostname], port: { port, to, why } }] : [];
};

/**
 * A component behind the load balancer is reached by the port that it has there for itself: on the others a caller could have
 * any component by its name.
 */
const targetOf = ({ nodes, balancers }: FirewallInput, { to, hostname, port }: Link): PassagePort['to'] | undefined => {
  const node: PlannedNode | undefined = nodes.find(({ name }) => name === to);
  if (node) return { address: node.address, port };
  const balancer = balancers.find(({ name }) => name === to);
  const front = balancer?.fronts.find((each) => each.hostname === hostname && each.port === port);
  return balancer && front && { address: balancer.address, port: front.directPort };
};

/** A kernel mounts the share for its containers, past the networks that they are in. */
const sharePassages = (
  { domain }: FirewallInput,
  { name, address, mount }: PlannedShare,
  { why }: Link,
): readonly Passage[] => {
  if (mount === 'kernel') return [];
  const hostname = `${name}.${domain}`;
  return [SHARE_PORT, MOUNT_PORT].map((port) => ({
    hostname,
    aliases: [hostname],
    port: { port, to: { address, port }, why },
  }));
};

/** By its service's name too, which definitions of APIs spell. */
const backendPassage = ({ backend }: FirewallInput): readonly Passage[] => {
  if (!backend) return [];
  const { name, hostname, address, port } = backend;
  return [
    { hostname, aliases: [hostname, name], port: { port, to: { address, port }, why: 'APIs call their back end' } },
  ];
};
