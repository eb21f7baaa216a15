import { heapWithin, memoryAround } from '../product/heap.ts';
import { SIMULATOR } from '../product/image.ts';
import { listenersOf, portOf } from '../product/ports.ts';
import { ROLE_FACTS, type Role } from '../product/roles.ts';
import { distinctLabel, environmentOf } from '../topology/environments.ts';
import { type NamedNode, nameNodes } from '../topology/name-nodes.ts';
import type { Topology, TopologyNode } from '../topology/schema.ts';
import { frontHostname } from './fronts.ts';
import { addressOf, nodeHostPort } from './network.ts';
import type { Placement, PlannedListener, PlannedNode } from './plan.ts';
import { sharedBy } from './sync.ts';

/** Container limit of a simulator node, which needs tens of MB. */
const SIMULATOR_MEMORY = '256m';

/** Roles people log in to: their URLs must be the load balancer's, or the log-in's callback does not match (configuration.md 9.3). */
const PORTALS: readonly Role[] = ['publisher', 'developer-portal', 'all-in-one'];

/** Roles whose members must look like one server to their callers (configuration.md 11). */
const ONE_NAME_WHEN_PAIRED: readonly Role[] = ['key-manager', 'gateway'];

/** Every node of the topology with names, addresses and ports. Names are numbered per prefix, across entries. */
export const planNodes = (topology: Topology, placement: Placement, domain: string): readonly PlannedNode[] => {
  const named = nameNodes(topology.nodes);
  const machines = [...new Set(named.map(machineOf))];
  return named.map((node, index) => {
    const { entry, name, replica } = node;
    const group = { role: entry.role, ...labelOf(topology, node) };
    const members = named.filter(
      (other) => other.entry.role === entry.role && labelOf(topology, other).environment === group.environment,
    ).length;
    const dmz = environmentOf(topology, entry)?.dmz === true;
    const hostname = entry.hostname ?? `${name}.${domain}`;
    const image = entry.image ?? topology.image;
    const simulated = image === SIMULATOR;
    const behindBalancer =
      topology.loadBalancer.enabled &&
      (dmz || PORTALS.includes(entry.role) || (members > 1 && ONE_NAME_WHEN_PAIRED.includes(entry.role)));
    const options = entry.jvmOptions ?? topology.jvmOptions;
    const memory = entry.memory ?? (simulated ? SIMULATOR_MEMORY : memoryAround(options));
    const jvmOptions = options ?? (simulated ? undefined : heapWithin(memory));
    return {
      name,
      ...group,
      ...(dmz && { dmz }),
      replica,
      image: simulated ? placement.images.wso2am[topology.version] : image,
      simulated,
      hostname,
      serverHostname: behindBalancer ? frontHostname(group, domain) : hostname,
      ...(behindBalancer && { proxyPort: { https: 443, http: 80 } }),
      address: (dmz ? addressOf.dmzNode : addressOf.node)(placement.slot, machines.indexOf(machineOf(node))),
      ...(entry.host !== undefined && { host: entry.host }),
      offset: entry.offset,
      listeners: planListeners(topology, entry, placement.slot, index),
      // A lone Gateway in the DMZ has nobody to share with, and the way to the share stays closed.
      ...(dmz && members === 1
        ? { shares: [], keeps: ROLE_FACTS[entry.role].sharedDirectories }
        : { shares: sharedBy(topology, ROLE_FACTS[entry.role].sharedDirectories) }),
      ...(jvmOptions !== undefined && { jvmOptions }),
      memory,
      extraToml: [topology.toml, entry.toml].filter((text) => text !== undefined),
    };
  });
};

const labelOf = (topology: Topology, { entry }: NamedNode): Pick<PlannedNode, 'environment'> => {
  const environment = distinctLabel(topology, environmentOf(topology, entry));
  return environment === undefined ? {} : { environment };
};

const machineOf = ({ entry, name }: NamedNode): string =>
  entry.host === undefined ? `node ${name}` : `host ${entry.host}`;

const planListeners = (
  topology: Topology,
  entry: TopologyNode,
  slot: number,
  index: number,
): readonly PlannedListener[] =>
  listenersOf(entry.role, topology.version).map((listener) => {
    const hostPort = entry.expose?.[listener] ?? (topology.expose ? nodeHostPort(slot, index, listener) : undefined);
    return { listener, port: portOf(listener, entry.offset), ...(hostPort !== undefined && { hostPort }) };
  });
