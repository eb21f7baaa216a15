import { type Listener, listenersOf, portOf } from '../../product/ports.ts';
import type { Version } from '../../product/versions.ts';
import { type Check, nodePath } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { type NamedNode, nameNodes } from '../name-nodes.ts';

/** Nodes on one `host` whose listeners want the same port, because their offsets are too close. */
export const checkPorts: Check = (draft) => {
  const { nodes, version } = draft.topology;
  const placed = nameNodes(nodes).filter(({ entry }) => entry.host !== undefined);
  return placed.flatMap((node, at): readonly Finding[] => {
    const neighbours = placed.slice(0, at).filter(({ entry }) => entry.host === node.entry.host);
    const [clash] = neighbours.flatMap((other) => clashesOf(other, node, version));
    if (clash === undefined) return [];
    const free = freeOffset(node, neighbours, version);
    const ownEntry = clash.other.index === node.index;
    return [
      {
        code: 'OFFSET_COLLISION',
        path: nodePath(draft, node.index, ownEntry ? 'replicas' : 'offset'),
        sentence: `${clash.theirs} of ${clash.other.name} and ${clash.ours} of ${node.name} want the same port, ${clash.port}, of host "${node.entry.host}"`,
        ...hintFor(ownEntry, free),
      },
    ];
  });
};

type Clash = { readonly other: NamedNode; readonly theirs: Listener; readonly ours: Listener; readonly port: number };

const clashesOf = (other: NamedNode, node: NamedNode, version: Version): readonly Clash[] =>
  portsOf(other, other.entry.offset, version).flatMap(([theirs, port]) =>
    portsOf(node, node.entry.offset, version)
      .filter(([, wanted]) => wanted === port)
      .map(([ours]) => ({ other, theirs, ours, port })),
  );

const portsOf = ({ entry }: NamedNode, offset: number, version: Version): readonly (readonly [Listener, number])[] =>
  listenersOf(entry.role, version).map((listener) => [listener, portOf(listener, offset)]);

/** Offset with which a node would get along with its neighbours; there always is one, for a lab has few nodes. */
const freeOffset = (node: NamedNode, neighbours: readonly NamedNode[], version: Version): number => {
  const taken = new Set(neighbours.flatMap((other) => portsOf(other, other.entry.offset, version)).map(([, port]) => port));
  let offset = 0;
  while (portsOf(node, offset, version).some(([, port]) => taken.has(port))) offset += 1;
  return offset;
};

const hintFor = (ownEntry: boolean, free: number): Pick<Finding, 'hint'> =>
  ownEntry
    ? { hint: 'write an entry of "nodes" for each replica, with offsets of their own' }
    : { hint: `"offset: ${free}" is free` };
