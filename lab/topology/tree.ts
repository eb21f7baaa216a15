import type { Scalar } from 'yaml';
import type { Path } from './finding.ts';

/** A value of the file that remembers where it was written. Offsets count UTF-16 units from the start of the text. */
export type Tree = {
  readonly value: unknown;
  readonly offset: number;
  /** What is below, of a map by key, of a list by index. */
  readonly entries?: ReadonlyMap<string | number, Entry>;
  /** The scalar in the YAML document, to find places inside its text. */
  readonly scalar?: Scalar;
};

export type Entry = { readonly keyOffset: number; readonly tree: Tree };

export const scalarTree = (scalar: Scalar, offset: number): Tree => ({ value: scalar.value, offset, scalar });

export const listTree = (trees: readonly Tree[], offset: number): Tree => ({
  value: trees.map(({ value }) => value),
  offset,
  entries: new Map(trees.map((tree, index) => [index, { keyOffset: tree.offset, tree }])),
});

export const mapTree = (entries: ReadonlyMap<string | number, Entry>, offset: number): Tree => ({
  // fromEntries defines even a key "__proto__" as an ordinary one.
  value: Object.fromEntries([...entries].map(([key, { tree }]) => [key, tree.value])),
  offset,
  entries,
});

/** The tree at a path; undefined when the file has nothing there. */
export const treeAt = (tree: Tree, path: Path): Tree | undefined =>
  path.reduce<Tree | undefined>((at, key) => at?.entries?.get(key)?.tree, tree);

/** Offset of the key or the value at a path or, when the file has nothing there, of the nearest thing above it. */
export const offsetAt = (tree: Tree, path: Path, part: 'key' | 'value'): number => {
  const [key, ...rest] = path;
  if (key === undefined) return tree.offset;
  const entry = tree.entries?.get(key);
  if (entry === undefined) return tree.offset;
  return rest.length === 0 && part === 'key' ? entry.keyOffset : offsetAt(entry.tree, rest, part);
};

/** The tree with a key of the map at a path called by another name. */
export const renameKey = (tree: Tree, path: Path, from: string, to: string): Tree => {
  const entries = tree.entries ?? new Map<string | number, Entry>();
  const [key, ...rest] = path;
  if (key === undefined)
    return mapTree(new Map([...entries].map(([name, entry]) => [name === from ? to : name, entry])), tree.offset);
  const changed = [...entries].map(([name, entry]): [string | number, Entry] => [
    name,
    name === key ? { ...entry, tree: renameKey(entry.tree, rest, from, to) } : entry,
  ]);
  return Array.isArray(tree.value)
    ? listTree(
        changed.map(([, entry]) => entry.tree),
        tree.offset,
      )
    : mapTree(new Map(changed), tree.offset);
};
