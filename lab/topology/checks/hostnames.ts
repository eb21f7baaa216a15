import { type Check, type Draft, nodePath } from '../draft.ts';
import { distinctLabel, environmentOf } from '../environments.ts';
import type { Finding, Path } from '../finding.ts';
import { balancerOf, DMZ_BALANCER, domainOf, frontLabelsOf, PARTS } from '../lab-names.ts';
import { nameNodes } from '../name-nodes.ts';
import type { Topology } from '../schema.ts';

/** Somebody answers to a host name; the path is where the file says so, if it does. */
type Claim = { readonly hostname: string; readonly owner: string; readonly path?: Path };

/** Linux takes no longer name for a machine. */
const LONGEST = 63;

/** Host names that several replicas would share, that two would answer to, or that are too long. */
export const checkHostnames: Check = (draft) => {
  const implied = [...partClaims(draft.topology), ...nodeClaims(draft.topology)];
  return [
    ...sharedByReplicas(draft),
    ...claimedTwice([...implied, ...writtenClaims(draft)]),
    ...tooLong(implied, draft.topology),
  ];
};

const sharedByReplicas: Check = (draft) =>
  draft.topology.nodes.flatMap(({ hostname, replicas }, index): readonly Finding[] =>
    hostname === undefined || replicas === 1
      ? []
      : [
          {
            code: 'TOPOLOGY_INVALID',
            path: nodePath(draft, index, 'hostname'),
            sentence: `${replicas} replicas cannot share the host name "${hostname}"`,
            hint: 'write an entry of "nodes" for each, or leave "hostname" out',
          },
        ],
  );

const claimedTwice = (claims: readonly Claim[]): readonly Finding[] => {
  const owners = new Map<string, string>();
  return claims.flatMap(({ hostname, owner, path }): readonly Finding[] => {
    const first = owners.get(hostname.toLowerCase()) ?? owner;
    owners.set(hostname.toLowerCase(), first);
    if (first === owner || path === undefined) return [];
    return [{ code: 'DUPLICATE_HOSTNAME', path, sentence: `"${hostname}" is the host name of ${first} already` }];
  });
};

const tooLong = (claims: readonly Claim[], { domain }: Topology): readonly Finding[] =>
  claims
    .filter(({ hostname }) => hostname.length > LONGEST)
    .slice(0, 1)
    .map(({ hostname, owner }) => ({
      code: 'TOPOLOGY_INVALID',
      path: [domain === undefined ? 'lab' : 'domain'],
      sentence: `the host name of ${owner} would be "${hostname}", longer than ${LONGEST} characters`,
      hint: 'take a shorter domain or shorter names',
    }));

const partClaims = (topology: Topology): readonly Claim[] => {
  const { backend, database, loadBalancer, nodes, sharedFileSystem } = topology;
  const domain = domainOf(topology);
  const labels = nodes.flatMap((node) =>
    Object.values(frontLabelsOf(node.role, distinctLabel(topology, environmentOf(topology, node)))),
  );
  const balancers = [
    ...(loadBalancer.layout === 'shared' ? [PARTS.balancer] : nodes.map(({ role }) => balancerOf(role))),
    ...(topology.environments.some(({ dmz }) => dmz) ? [DMZ_BALANCER] : []),
  ];
  return [
    ...bothNames(PARTS.database, database.hostname === undefined ? domain : undefined, 'the database'),
    ...(sharedFileSystem.type === 'none' ? [] : bothNames(PARTS.share, domain, 'the shared file system')),
    ...(backend ? bothNames(PARTS.backend, domain, 'the back end') : []),
    ...(loadBalancer.enabled ? [...balancers, ...labels.map((label) => `${label}.${domain}`)] : []).map((hostname) => ({
      hostname,
      owner: 'the load balancer',
    })),
  ];
};

const nodeClaims = (topology: Topology): readonly Claim[] =>
  nameNodes(topology.nodes).flatMap(({ name, entry }) =>
    bothNames(name, entry.hostname === undefined ? domainOf(topology) : undefined, name),
  );

/** Compose lets everything answer to its short name; the long one is given unless the file says another. */
const bothNames = (name: string, domain: string | undefined, owner: string): readonly Claim[] => [
  { hostname: name, owner },
  ...(domain === undefined ? [] : [{ hostname: `${name}.${domain}`, owner }]),
];

const writtenClaims = (draft: Draft): readonly Claim[] => {
  const { database, nodes } = draft.topology;
  return [
    ...(database.hostname === undefined
      ? []
      : [{ hostname: database.hostname, owner: 'the database', path: ['database', 'hostname'] }]),
    ...nameNodes(nodes).flatMap(({ name, entry, index }) =>
      entry.hostname === undefined || entry.replicas > 1
        ? []
        : [{ hostname: entry.hostname, owner: name, path: nodePath(draft, index, 'hostname') }],
    ),
  ];
};
