import { type Check, nodePath } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { FIREWALL, PARTS } from '../lab-names.ts';

const SHARED_MACHINES = 'the machines that nodes share';

/** Compose services of a lab that are no nodes. */
const RESERVED_NAMES: ReadonlyMap<string, string> = new Map<string, string>([
  [PARTS.database, 'the database'],
  [PARTS.share, 'the shared file system'],
  [PARTS.sync, 'the copying of APIs'],
  [PARTS.balancer, 'the load balancer'],
  [PARTS.backend, 'the back end'],
  ['host', SHARED_MACHINES],
  [FIREWALL, 'the firewall'],
]);

/** Machines get services of their own, called host-<host>; the firewall has one for each host behind it. */
const RESERVED_PREFIXES: readonly (readonly [string, string])[] = [
  ['host-', SHARED_MACHINES],
  [`${FIREWALL}-`, 'the firewall'],
];

/** Names written twice, and names that belong to the lab's own parts. */
export const checkNames: Check = (draft) => {
  const { nodes } = draft.topology;
  return nodes.flatMap(({ name }, index): readonly Finding[] => {
    if (name === undefined) return [];
    const path = nodePath(draft, index, 'name');
    const owner = RESERVED_NAMES.get(name) ?? RESERVED_PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1];
    if (owner !== undefined)
      return [{ code: 'DUPLICATE_NAME', path, sentence: `the name "${name}" is kept for ${owner}` }];
    const isSecond = nodes.findIndex((other) => other.name === name) < index;
    return isSecond
      ? [{ code: 'DUPLICATE_NAME', path, sentence: `two entries of "nodes" have the name "${name}"` }]
      : [];
  });
};
