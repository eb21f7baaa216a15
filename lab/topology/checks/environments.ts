import { type Check, nodePath } from '../draft.ts';
import { environmentLabel, environmentOf } from '../environments.ts';
import type { Finding, Path } from '../finding.ts';

/** Gateway environments that nobody could tell apart or serve, and Gateways without a place in one. */
export const checkEnvironments: Check = (draft) => [
  ...alike(draft),
  ...misplaced(draft),
  ...deserted(draft),
  ...unreachable(draft),
  ...copied(draft),
];

const invalid = (path: Path, sentence: string, hint: string, part?: Finding['part']): Finding => ({
  code: 'TOPOLOGY_INVALID',
  path,
  sentence,
  hint,
  ...(part && { part }),
});

/** By what their names contribute to host names. */
const alike: Check = ({ topology: { environments } }) =>
  environments.flatMap(({ name }, index) => {
    const first = environments.find((other) => environmentLabel(other.name) === environmentLabel(name));
    if (first === undefined || first === environments[index]) return [];
    const sentence = `the environments "${first.name}" and "${name}" would have the same host names`;
    return [invalid(['environments', index, 'name'], sentence, 'take names that differ by a letter or digit')];
  });

const misplaced: Check = (draft) => {
  const { environments, nodes } = draft.topology;
  const known = environments.map(({ name }) => `"${name}"`).join(', ');
  return nodes.flatMap((node, index) => {
    const { role, environment } = node;
    if (environment === undefined) return [];
    const path = nodePath(draft, index, 'environment');
    if (role !== 'gateway')
      return [invalid(path, `a ${role} stands in no gateway environment`, 'only Gateways do', 'key')];
    if (environmentOf(draft.topology, node)) return [];
    return [invalid(path, `there is no environment "${environment}"`, `the lab has ${known}`)];
  });
};

/** All-in-ones serve as gateways of the first environment where there are no others. */
const deserted: Check = ({ complete, topology }) => {
  const { environments, nodes } = topology;
  if (!complete) return [];
  const gateways = nodes.filter(({ role }) => role === 'gateway');
  return environments.flatMap((environment, index) => {
    const served = gateways.some((node) => environmentOf(topology, node) === environment);
    if (served || (gateways.length === 0 && index === 0 && !environment.dmz)) return [];
    const hint = `add "- { role: gateway, environment: ${environment.name} }" to "nodes"`;
    return [invalid(['environments', index], `the environment "${environment.name}" has no Gateway`, hint)];
  });
};

/** What leads into the DMZ is its load balancer; and a machine stands in one network. */
const unreachable: Check = (draft) => {
  const { environments, nodes, loadBalancer } = draft.topology;
  const outside = environments.flatMap(({ name, dmz }, index) =>
    dmz && !loadBalancer.enabled
      ? [
          invalid(
            ['environments', index, 'dmz'],
            `nothing would lead to the environment "${name}" in the DMZ`,
            'a DMZ needs the load balancer: leave out "loadBalancer.enabled: false"',
          ),
        ]
      : [],
  );
  const machines = nodes.flatMap((node, index) =>
    node.host !== undefined && environmentOf(draft.topology, node)?.dmz
      ? [
          invalid(
            nodePath(draft, index, 'host'),
            'a Gateway in the DMZ shares no machine with others',
            'leave "host" out',
            'key',
          ),
        ]
      : [],
  );
  return [...outside, ...machines];
};

/** rsync copies from the first Gateway to all others, which would then serve each other's APIs. */
const copied: Check = ({ topology: { environments, sharedFileSystem } }) =>
  sharedFileSystem.apis === 'rsync' && environments.length > 1
    ? [
        invalid(
          ['sharedFileSystem', 'apis'],
          `rsync copies among the Gateways of one environment, and the lab has ${environments.length}`,
          'take "apis: share", which keeps environments apart',
        ),
      ]
    : [];
