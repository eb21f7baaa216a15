import type { Plan, PlannedNode } from '../../plan/plan.ts';
import { HEALTH_LISTENERS, START_GRACE } from '../../product/health.ts';
import { IMAGE } from '../../product/image.ts';
import { portOf } from '../../product/ports.ts';
import { ROLE_FACTS } from '../../product/roles.ts';
import { ARTIFACTS, nodeDirectory } from '../paths.ts';
import { dependenciesOf } from './depends-on.ts';
import { keptVolumesOf } from './kept-volumes.ts';
import { containerLabels } from './labels.ts';
import { type Healthcheck, healthcheck, portsAccept, portsAnswer, publish, type Service } from './service.ts';
import { mountShares } from './share-mounts.ts';
import { syncedVolumesOf } from './sync-service.ts';

/** Compose service that several nodes on one machine share their network with. */
export const hostServiceName = (host: string): string => `host-${host}`;

/** One API Manager node, the same whichever image it runs. */
export const nodeService = (plan: Plan, node: PlannedNode): Service => {
  const { profile } = ROLE_FACTS[node.role];
  const mounts = mountShares(plan, node);
  const environment = {
    ...mounts.environment,
    ...(node.jvmOptions && { JVM_MEM_OPTS: node.jvmOptions }),
    // Images that know it drop what the profile has no use for, before they copy the configuration; others take the argument.
    ...(!node.simulated && { PROFILE_NAME: profile ?? '' }),
  };
  const dependencies = dependenciesOf(plan, node.name);
  return {
    image: node.image,
    pull_policy: node.simulated ? 'never' : 'missing',
    ...networkOf(node),
    ...(profile && { command: [`-Dprofile=${profile}`] }),
    ...mounts,
    init: true,
    ...(Object.keys(environment).length > 0 && { environment }),
    volumes: [
      `./${nodeDirectory(node.name)}:${IMAGE.configVolume}:ro`,
      ...(getsConnector(plan, node) ? [`./${ARTIFACTS}:${IMAGE.artifactVolume}:ro`] : []),
      ...(mounts.volumes ?? []),
      ...syncedVolumesOf(plan, node),
      ...keptVolumesOf(plan, node),
    ],
    mem_limit: node.memory,
    stop_grace_period: node.simulated ? '10s' : '60s',
    healthcheck: nodeHealth(node),
    ...(dependencies && { depends_on: dependencies }),
    labels: containerLabels(plan, node.name, node.role),
  };
};

const nodeHealth = ({ role, offset, simulated }: PlannedNode): Healthcheck => {
  const ports = HEALTH_LISTENERS[role].map((listener) => portOf(listener, offset));
  return simulated
    ? healthcheck(portsAccept(ports), START_GRACE.simulator, '100ms')
    : healthcheck(portsAnswer(ports), START_GRACE.product, '2s');
};

/** The simulator speaks to MySQL itself. */
const getsConnector = ({ database }: Plan, { simulated }: PlannedNode): boolean =>
  !simulated && database.connector !== undefined;

const networkOf = (node: PlannedNode): Pick<Service, 'hostname' | 'network_mode' | 'networks' | 'ports'> => {
  if (node.host !== undefined) return { network_mode: `service:${hostServiceName(node.host)}` };
  return {
    hostname: node.hostname,
    networks: { [node.dmz ? 'dmz' : 'lab']: { ipv4_address: node.address, aliases: [node.hostname] } },
    ...publishedPorts([node]),
  };
};

/** Published ports of one node, or of all nodes on one machine. */
export const publishedPorts = (nodes: readonly PlannedNode[]): Pick<Service, 'ports'> => {
  const ports = nodes
    .flatMap((node) => node.listeners)
    .flatMap(({ hostPort, port }) => (hostPort === undefined ? [] : [publish(hostPort, port)]));
  return ports.length > 0 ? { ports } : {};
};
