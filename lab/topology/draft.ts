import type { Finding, Path } from './finding.ts';
import { type Issue, pathOf } from './issue.ts';
import { meantValue } from './meant.ts';
import { type Topology, topologySchema } from './schema.ts';

/**
 * As much of a topology as can be understood. What the schema refuses is read as it was most likely meant, else as its
 * default, so that checks across fields find what they can in a file with other faults.
 */
export type Draft = {
  readonly topology: Topology;
  /** Index in the file of each node of the topology: entries that cannot be understood are left out. */
  readonly indexes: readonly number[];
  /** Whether no entry of `nodes` had to be left out. */
  readonly complete: boolean;
};

/** Something wrong with the topology as a whole, looked for in its draft. */
export type Check = (draft: Draft) => readonly Finding[];

/** Place of a node of the draft, by its index there, or of one of its keys. */
export const nodePath = ({ indexes }: Draft, index: number, ...keys: readonly string[]): Path => [
  'nodes',
  indexes[index] ?? index,
  ...keys,
];

/** Stands for a missing name: nothing is said about it, for its absence is reported. */
const NAMELESS = 'lab';

/** The draft of a file with these issues; undefined when not one node can be understood. */
export const draftTopology = (value: unknown, issues: readonly Issue[]): Draft | undefined => {
  const copy = structuredClone(value);
  for (const issue of issues) mend(copy, issue);
  if (!isMap(copy)) return undefined;
  copy.lab ??= NAMELESS;
  const refused = topologySchema.safeParse(copy).error?.issues ?? [];
  const lost = new Set(
    refused.flatMap(({ path: [top, index] }) => (top === 'nodes' && typeof index === 'number' ? [index] : [])),
  );
  const nodes = Array.isArray(copy.nodes) ? copy.nodes : [];
  const indexes = [...nodes.keys()].filter((index) => !lost.has(index));
  const { data } = topologySchema.safeParse({ ...copy, nodes: indexes.map((index) => nodes[index]) });
  return data && { topology: data, indexes, complete: lost.size === 0 };
};

/** Removes what an issue is about or puts in its place what was meant. */
const mend = (file: unknown, issue: Issue): void => {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const map = at(file, path);
    if (isMap(map)) for (const key of issue.keys) delete map[key];
    return;
  }
  const map = at(file, path.slice(0, -1));
  const key = path.at(-1);
  if (!isMap(map) || typeof key !== 'string') return;
  const meant = issue.code === 'invalid_value' ? meantValue(path, map[key], issue.values) : undefined;
  if (meant === undefined) delete map[key];
  else map[key] = meant;
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((below, key) => {
    if (Array.isArray(below)) return below[Number(key)];
    return isMap(below) && Object.hasOwn(below, key) ? below[key] : undefined;
  }, value);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
