import { z } from 'zod';
import { ENVIRONMENT_TYPES } from '../product/gateway-environments.ts';
import { LISTENERS, type Listener } from '../product/ports.ts';
import { ROLES } from '../product/roles.ts';
import { VERSIONS } from '../product/versions.ts';
import { gatewaysOf } from './addresses.ts';
import type { Plan, PlannedBackend, PlannedEnvironment, PlannedFront, PlannedSync } from './plan.ts';

/** URLs by listener, as the host reaches them: `{"https": "https://localhost:20000"}`. */
const urls = z.record(z.string(), z.string());

/**
 * What a program outside needs to know about a lab; part of the machine interface (docs/machine-interface.md).
 * Written beside the rendered files, so that other commands need neither the topology file nor a plan.
 */
export const descriptionSchema = z.object({
  lab: z.string(),
  version: z.enum(VERSIONS),
  /** Absolute path of the topology file. */
  topology: z.string(),
  nodes: z.array(
    z.object({
      name: z.string(),
      role: z.enum(ROLES),
      /** Name of a Gateway's environment, where the lab has several. */
      environment: z.string().optional(),
      image: z.string(),
      hostname: z.string(),
      address: z.string(),
      offset: z.number(),
      urls,
    }),
  ),
  /** Database, share, load balancer and back end. */
  parts: z.array(z.object({ name: z.string(), role: z.string(), image: z.string() })),
  /** How APIs are copied among gateways, where they share none: from whom, to whom, every so many seconds. */
  sync: z.object({ manager: z.string(), workers: z.array(z.string()), interval: z.number() }).optional(),
  /** Name of the Docker network, for containers that join the lab. */
  network: z.string(),
  /** The load balancer's URLs by role and listener; those of the first environment for Gateways. */
  endpoints: z.record(z.string(), urls),
  /** The gateway environments: the load balancer's URLs before each, and the nodes that serve its APIs. */
  environments: z
    .array(
      z.object({
        name: z.string(),
        type: z.enum(ENVIRONMENT_TYPES),
        dmz: z.boolean(),
        gateways: z.array(z.string()),
        urls,
      }),
    )
    // Labs that an earlier release started can still be looked at and removed.
    .default([]),
  /** The REST server that APIs can call: as the gateways reach it, and as the host does. */
  backend: z.object({ url: z.string(), hostUrl: z.string().optional() }).optional(),
  /** Certificate of the lab's CA, absolute path. */
  trust: z.object({ caFile: z.string(), trustStore: z.string(), trustStorePassword: z.string() }),
  credentials: z.object({ username: z.string(), password: z.string() }),
  /** The database as the host reaches it. */
  database: z.object({ host: z.string(), port: z.number(), apim: z.string(), shared: z.string() }).optional(),
});

export type Description = z.output<typeof descriptionSchema>;

export type DescriptionPaths = Pick<Description, 'topology' | 'trust'>;

/** Describes a planned lab as the host sees it. */
export const describeLab = (plan: Plan, paths: DescriptionPaths): Description => ({
  lab: plan.lab,
  version: plan.version,
  topology: paths.topology,
  nodes: plan.nodes.map(({ name, role, environment, image, hostname, address, offset, listeners }) => ({
    name,
    role,
    ...(environment !== undefined && { environment: nameOf(plan, environment) }),
    image,
    hostname,
    address,
    offset,
    urls: Object.fromEntries(listeners.flatMap(({ listener, hostPort }) => urlEntry(listener, hostPort))),
  })),
  parts: [
    { name: plan.database.name, role: 'database', image: plan.database.image },
    ...(plan.share?.type === 'nfs' ? [{ name: plan.share.name, role: 'share', image: plan.share.image }] : []),
    ...(plan.sync ? [{ name: plan.sync.name, role: 'sync', image: plan.sync.image }] : []),
    ...plan.balancers.map(({ name, image }) => ({ name, role: 'balancer', image })),
    ...plan.firewall.map(({ name, image }) => ({ name, role: 'firewall', image })),
    ...(plan.backend ? [{ name: plan.backend.name, role: 'backend', image: plan.backend.image }] : []),
  ],
  ...(plan.sync && { sync: describeSync(plan.sync) }),
  network: `${plan.project}_${plan.network.name}`,
  endpoints: describeEndpoints(plan),
  environments: plan.environments.map((environment) => describeEnvironment(plan, environment)),
  ...(plan.backend && { backend: describeBackend(plan.backend) }),
  trust: paths.trust,
  credentials: plan.admin,
  ...(plan.database.hostPort !== undefined && {
    database: {
      host: '127.0.0.1',
      port: plan.database.hostPort,
      apim: plan.database.apim.name,
      shared: plan.database.shared.name,
    },
  }),
});

const describeSync = ({ manager, workers, interval }: PlannedSync): Description['sync'] => ({
  manager,
  workers: [...workers],
  interval,
});

/** By its service's name, which stays the same in every lab: definitions of APIs can spell it. */
const describeBackend = ({ name, port, hostPort }: PlannedBackend): Description['backend'] => ({
  url: `http://${name}:${port}`,
  ...(hostPort !== undefined && { hostUrl: `http://localhost:${hostPort}` }),
});

const describeEndpoints = (plan: Plan): Description['endpoints'] => {
  const [first] = plan.environments;
  const fronts = frontsOf(plan).filter(({ role, environment }) => role !== 'gateway' || environment === first?.label);
  const roles = [...new Set(fronts.map(({ role }) => role))];
  return Object.fromEntries(roles.map((role) => [role, urlsOf(fronts.filter((front) => front.role === role))]));
};

const describeEnvironment = (plan: Plan, environment: PlannedEnvironment): Description['environments'][number] => {
  const { name, type, dmz, label } = environment;
  const gateways = gatewaysOf(plan, environment);
  const role = gateways[0]?.role;
  const fronts = frontsOf(plan).filter((front) => front.role === role && front.environment === label);
  return { name, type, dmz, gateways: gateways.map((node) => node.name), urls: urlsOf(fronts) };
};

const nameOf = ({ environments }: Plan, label: string): string =>
  environments.find((environment) => environment.label === label)?.name ?? label;

const frontsOf = ({ balancers }: Plan): readonly PlannedFront[] => balancers.flatMap(({ fronts }) => fronts);

const urlsOf = (fronts: readonly PlannedFront[]): Record<string, string> =>
  Object.fromEntries(fronts.flatMap(({ listener, hostPort }) => urlEntry(listener, hostPort)));

const urlEntry = (listener: Listener, hostPort: number | undefined): readonly (readonly [Listener, string])[] =>
  hostPort === undefined ? [] : [[listener, `${LISTENERS[listener].scheme}://localhost:${hostPort}`]];
