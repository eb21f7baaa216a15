import { MYSQL_PORT } from '../product/ports.ts';
import { distinctLabel } from '../topology/environments.ts';
import { balancerOf, DMZ_BALANCER, domainOf, PARTS } from '../topology/lab-names.ts';
import type { Topology } from '../topology/schema.ts';
import { exportOf } from './exports.ts';
import { planFirewall } from './firewall.ts';
import { planFronts } from './fronts.ts';
import { planLinks } from './links.ts';
import { addressOf, backendHostPort, databaseHostPort, dmzSubnetOf, subnetOf } from './network.ts';
import type {
  Placement,
  Plan,
  PlannedBackend,
  PlannedBalancer,
  PlannedDatabase,
  PlannedEnvironment,
  PlannedFront,
  PlannedNode,
  PlannedShare,
} from './plan.ts';
import { planNodes } from './plan-nodes.ts';
import { planStart } from './start-order.ts';
import { planSync } from './sync.ts';

/** Compose project of a lab. */
export const projectOf = (lab: string): string => `apim-${lab}`;

/** Derives everything about a lab from its topology and its place on this machine. Pure. */
export const planLab = (topology: Topology, placement: Placement): Plan => {
  const { version } = topology;
  const { apis } = topology.sharedFileSystem;
  const domain = domainOf(topology);
  const nodes = planNodes(topology, placement, domain);
  const database = planDatabase(topology, placement, domain);
  const balancers = planBalancers(topology, placement, domain, nodes);
  const share = planShare(topology, placement, nodes);
  const sync = planSync(topology, placement, nodes);
  const environments = planEnvironments(topology);
  const { slot, images } = placement;
  const backend = topology.backend ? planBackend(topology, placement, domain) : undefined;
  const input = { version, environments, nodes, database, share, balancers, apis, ...(sync && { sync }) };
  const links = planLinks(input);
  const firewall = planFirewall({
    ...{ slot, domain, nodes, balancers, links, share, image: images.nginx },
    ...(backend && { backend }),
  });
  return {
    lab: topology.lab,
    project: projectOf(topology.lab),
    version,
    domain,
    slot,
    network: { name: 'lab', ...subnetOf(slot) },
    ...(environments.some(({ dmz }) => dmz) && { dmz: dmzSubnetOf(slot) }),
    environments,
    admin: topology.admin,
    nodes,
    database,
    balancers,
    firewall,
    ...(share && { share }),
    apis,
    ...(sync && { sync }),
    ...(backend && { backend }),
    links,
    start: planStart({ ...input, firewall }),
  };
};

const planEnvironments = (topology: Topology): readonly PlannedEnvironment[] =>
  topology.environments.map((environment) => {
    const label = distinctLabel(topology, environment);
    return { ...environment, ...(label !== undefined && { label }) };
  });

const planDatabase = (topology: Topology, { images, slot }: Placement, domain: string): PlannedDatabase => ({
  name: PARTS.database,
  image: topology.database.image ?? images.mysql,
  own: topology.database.image === undefined,
  ...(topology.database.connector !== undefined && { connector: topology.database.connector }),
  hostname: topology.database.hostname ?? `${PARTS.database}.${domain}`,
  address: addressOf.database(slot),
  port: MYSQL_PORT,
  apim: topology.database.apim,
  shared: topology.database.shared,
  ...(topology.expose && { hostPort: databaseHostPort(slot) }),
});

/** Port of the back end, plain HTTP; APIs name it in their endpoints. */
const BACKEND_PORT = 8080;

const planBackend = (topology: Topology, { images, slot }: Placement, domain: string): PlannedBackend => ({
  name: PARTS.backend,
  image: images.backend,
  hostname: `${PARTS.backend}.${domain}`,
  address: addressOf.backend(slot),
  port: BACKEND_PORT,
  ...(topology.expose && { hostPort: backendHostPort(slot) }),
});

const planBalancers = (
  topology: Topology,
  { images, slot }: Placement,
  domain: string,
  nodes: readonly PlannedNode[],
): readonly PlannedBalancer[] => {
  if (!topology.loadBalancer.enabled) return [];
  const { version, expose, loadBalancer } = topology;
  const { layout, sticky, stickyFor } = loadBalancer;
  const all = planFronts({ version, domain, slot, sticky, stickyFor, expose, nodes });
  const inDmz = ({ upstream }: PlannedFront) =>
    upstream.some(({ node }) => nodes.some(({ name, dmz }) => name === node && dmz));
  const fronts = all.filter((front) => !inDmz(front));
  const leading = all.filter(inDmz);
  const image = images.nginx;
  return [
    ...(layout === 'shared'
      ? [{ name: PARTS.balancer, image, address: addressOf.balancer(slot, 0), fronts }]
      : [...new Set(fronts.map(({ role }) => role))].map((role, index) => ({
          name: balancerOf(role),
          image,
          address: addressOf.balancer(slot, index),
          fronts: fronts.filter((front) => front.role === role),
        }))),
    // The only thing in both networks that listens to both, and before nothing but what stands in the DMZ.
    ...(leading.length > 0 ? [{ name: DMZ_BALANCER, image, ...addressOf.dmzBalancer(slot), fronts: leading }] : []),
  ];
};

const planShare = (
  topology: Topology,
  { images, slot, kernelNfs }: Placement,
  nodes: readonly PlannedNode[],
): PlannedShare | undefined => {
  const { type, mount } = topology.sharedFileSystem;
  const directories = [...new Set(nodes.flatMap((node) => node.shares.map((directory) => exportOf(node, directory))))];
  if (type === 'none' || directories.length === 0) return undefined;
  const client = mount === 'auto' ? (kernelNfs ? 'kernel' : 'fuse') : mount;
  const withoutClient = nodes.filter(({ simulated }) => client === 'fuse' && !simulated);
  const onVolume = directories.filter((each) =>
    withoutClient.some((node) => node.shares.some((directory) => exportOf(node, directory) === each)),
  );
  return {
    name: PARTS.share,
    image: images.nfs,
    address: addressOf.share(slot),
    // Nobody would mount anything from a server that all directories are kept from.
    type: onVolume.length === directories.length ? 'volume' : type,
    mount: client,
    directories,
    onVolume,
  };
};
