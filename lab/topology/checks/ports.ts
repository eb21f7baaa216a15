import { type Listener, listenersOf, portOf } from '../../product/ports.ts';
import type { Version } from '../../product/versions.ts';
import { type Check, nodePath } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { type NamedNode, nameNodes } from '../name-nodes.ts';

/** Nodes on one `host` whose listeners want the same port, because their offsets are too close. */
export const checkPorts: Check = (draft) => {
  const { nodes, version } = draft.topology;
  const placed = nameNodes(nodes).filter(({ entry }) => entry.host !== undefined);
  const suggested = new Set<number>();
  return placed.flatMap((node, at): readonly Finding[] => {
    const neighbours = placed.filter((other) => other !== node && other.entry.host === node.entry.host);
    const [clash] = placed.slice(0, at).flatMap((other) => clashesOf(other, node, version));
    if (clash === undefined) return [];
    const { other, theirs, ours, port } = clash;
    const sentence = `${theirs} of ${other.name} and ${ours} of ${node.name} want the same port, ${port}, of host "${node.entry.host}"`;
    if (other.index === node.index) {
      const hint = 'write an entry of "nodes" for each replica, with offsets of their own';
      return [{ code: 'OFFSET_COLLISION', path: nodePath(draft, node.index, 'replicas'), sentence, hint }];
    }
    const free = freeOffset(node, neighbours, version, suggested);
    suggested.add(free);
    const hint = `"offset: ${free}" is free`;
    return [{ code: 'OFFSET_COLLISION', path: nodePath(draft, node.index, 'offset'), sentence, hint }];
  });
};

type Clash = { readonly other: NamedNode; readonly theirs: Listener; readonly ours: Listener; readonly port: number };

const clashesOf = (other: NamedNode, node: NamedNode, version: Version): readonly Clash[] => {
  if (other.entry.host !== node.entry.host) return [];
  return portsOf(other, other.entry.offset, version).flatMap(([theirs, port]) =>
    portsOf(node, node.entry.offset, version)
      .filter(([, wanted]) => wanted === port)
      .map(([ours]) => ({ other, theirs, ours, port })),
  );
};

const portsOf = ({ entry }: NamedNode, offset: number, version: Version): readonly (readonly [Listener, number])[] =>
  listenersOf(entry.role, version).map((listener) => [listener, portOf(listener, offset)]);

/** The least offset with which a node gets along with its neighbours, other than those suggested for them. */
const freeOffset = (
  node: NamedNode,
  neighbours: readonly NamedNode[],
  version: Version,
  suggested: ReadonlySet<number>,
): number => {
  const taken = new Set(
    neighbours.flatMap((other) => portsOf(other, other.entry.offset, version)).map(([, port]) => port),
  );
  let offset = 0;
  while (suggested.has(offset) || portsOf(node, offset, version).some(([, port]) => taken.has(port))) offset += 1;
  return offset;
};
