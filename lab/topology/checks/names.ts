import { type Check, nodePath } from '../draft.ts';
import type { Finding } from '../finding.ts';

/** Compose services of a lab that are no nodes. */
export const RESERVED_NAMES: Readonly<Record<string, string>> = {
  mysql: 'the database',
  nfs: 'the shared file system',
  lb: 'the load balancer',
  host: 'the machines that nodes share',
};

/** Names written twice, and names that belong to the lab's own parts. */
export const checkNames: Check = (draft) => {
  const { nodes } = draft.topology;
  return nodes.flatMap(({ name }, index): readonly Finding[] => {
    if (name === undefined) return [];
    const path = nodePath(draft, index, 'name');
    // Machines get services of their own, called host-<host>.
    const owner = RESERVED_NAMES[name] ?? (name.startsWith('host-') ? RESERVED_NAMES.host : undefined);
    if (owner !== undefined)
      return [{ code: 'DUPLICATE_NAME', path, sentence: `the name "${name}" is kept for ${owner}` }];
    const isSecond = nodes.findIndex((other) => other.name === name) < index;
    return isSecond
      ? [{ code: 'DUPLICATE_NAME', path, sentence: `two entries of "nodes" have the name "${name}"` }]
      : [];
  });
};
