import type { Listener } from '../product/ports.ts';
import type { Role, SharedDirectory } from '../product/roles.ts';
import { type Endpoint, endpointOf, nodeEndpoint, nodesOf, SHARE_PORT, worksAs } from './addresses.ts';
import { exportOf } from './exports.ts';
import { ROLE_LINKS, type RoleLink } from './link-rows.ts';
import type { Link, Plan, PlannedEnvironment, PlannedNode, PlannedShare } from './plan.ts';
import { type SchemaKey, schemasOf } from './schemas.ts';
import { gatewayManager } from './sync.ts';

/** What links and the start order are derived from. */
export type LinkInput = Pick<
  Plan,
  'version' | 'environments' | 'nodes' | 'database' | 'balancers' | 'apis' | 'sync'
> & {
  readonly share: PlannedShare | undefined;
};

/** Listeners that callers address node by node; every other one is reached as the role's one address. */
const NODE_BY_NODE: readonly Listener[] = ['amqp', 'databridge', 'databridgeTls'];

/** Who calls whom, on which port and by which key of the caller (configuration.md 6). Pure. */
export const planLinks = (lab: LinkInput): readonly Link[] =>
  unique([
    ...ROLE_LINKS.filter(
      ({ versions, unlessFetched }) => versions.includes(lab.version) && !(unlessFetched && lab.apis === 'event-hub'),
    ).flatMap((row) => linksOfRow(lab, row)),
    ...lab.nodes.flatMap((node) => databaseLinks(lab, node)),
    ...lab.nodes.flatMap((node) => shareLinks(lab.share, node)),
    ...balancerLinks(lab),
  ]);

/** Directories that a node mounts from the NFS server; a plain volume needs nobody. */
export const mountedFrom = (share: PlannedShare, node: PlannedNode): readonly SharedDirectory[] =>
  share.type === 'nfs' ? node.shares.filter((directory) => !share.onVolume.includes(exportOf(node, directory))) : [];

/** What a node keeps in each schema (configuration.md 7). */
const CONTENT: Readonly<Record<SchemaKey, string>> = {
  apim_db: 'APIs, applications, tokens and policies',
  shared_db: 'users, roles and registry',
};

const linksOfRow = (lab: LinkInput, row: RoleLink): readonly Link[] =>
  nodesOf(lab, row.from)
    .filter((caller) => row.othersToo || !worksAs(lab, caller, row.to))
    .flatMap((caller) =>
      row.listeners
        .flatMap((listener) => targetsOf(lab, row.to, listener))
        .filter(({ name }) => name !== caller.name)
        .map(({ name, hostname, port }) => ({
          from: caller.name,
          to: name,
          port,
          hostname,
          why: row.why,
          key: row.key,
          role: row.to,
        })),
    );

const targetsOf = (lab: LinkInput, role: Role, listener: Listener): readonly Endpoint[] => {
  if (NODE_BY_NODE.includes(listener)) return nodesOf(lab, role).map((node) => nodeEndpoint(node, listener));
  // The admin services of each environment, but one gateway's token endpoints.
  if (role === 'gateway' && listener === 'https')
    return lab.environments.flatMap((each) => managementOf(lab, each) ?? []);
  const endpoint = endpointOf(lab, role, listener);
  return endpoint ? [endpoint] : [];
};

/** Where APIs of an environment are deployed to. */
const managementOf = (lab: LinkInput, environment: PlannedEnvironment): Endpoint | undefined => {
  const manager = gatewayManager(lab);
  return manager ? nodeEndpoint(manager, 'https') : endpointOf(lab, 'gateway', 'https', environment);
};

const databaseLinks = ({ database, version }: LinkInput, node: PlannedNode): readonly Link[] =>
  schemasOf(node, version).map((schema) => ({
    from: node.name,
    to: database.name,
    port: database.port,
    hostname: database.hostname,
    why: CONTENT[schema],
    key: `database.${schema}`,
  }));

const shareLinks = (share: PlannedShare | undefined, node: PlannedNode): readonly Link[] => {
  const mounted = share ? mountedFrom(share, node) : [];
  if (!share || mounted.length === 0) return [];
  return [
    {
      from: node.name,
      to: share.name,
      port: SHARE_PORT,
      why: `shares ${mounted.join(' and ')} with the other members of its role`,
      key: `mount of ${mounted.join(', ')}`,
    },
  ];
};

const balancerLinks = ({ balancers }: LinkInput): readonly Link[] =>
  balancers.flatMap(({ name, fronts }) =>
    fronts.flatMap(({ hostname, port, upstream, role }) =>
      upstream.map((server) => ({
        from: name,
        to: server.node,
        port: server.port,
        why: `serves ${hostname}:${port}`,
        key: `nginx upstream of ${hostname}:${port}`,
        role,
      })),
    ),
  );

const unique = (links: readonly Link[]): readonly Link[] => [
  ...new Map(links.map((link) => [`${link.from} ${link.to} ${link.port} ${link.key}`, link])).values(),
];
