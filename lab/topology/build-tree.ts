import { type Alias, isAlias, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from 'yaml';
import type { Placed } from './finding.ts';
import { suggest } from './suggest.ts';
import { syntax } from './syntax.ts';
import { type Entry, listTree, mapTree, scalarTree, type Tree } from './tree.ts';

/** Far more than a topology merges, and little enough to hold: merges of merges multiply. */
const MAX_MERGED_KEYS = 10_000;

/** `unreadable` when an alias or a key cannot be understood, so that checking the rest would mislead. */
export type BuiltTree = { readonly tree: Tree; readonly problems: readonly Placed[]; readonly unreadable: boolean };

/**
 * Turns a YAML document into values that know their places. An alias shares the tree of its anchor, so text that
 * multiplies itself through aliases stays as small as it was written.
 */
export const buildTree = (contents: ParsedNode | null): BuiltTree => {
  /** Anchors above this place of the text; one that is still being built has no tree yet. */
  const anchors = new Map<string, Tree | undefined>();
  const problems: Placed[] = [];
  let unreadable = false;
  let mergedKeys = 0;

  const giveUp = (problem: Placed): Tree => {
    unreadable = true;
    problems.push(problem);
    return scalarTree(new Scalar(null), problem.offset);
  };

  const build = (node: ParsedNode): Tree => {
    if (isAlias(node)) return follow(node.source, node.range[0]);
    if (node.anchor !== undefined) anchors.set(node.anchor, undefined);
    const tree = buildContent(node);
    if (node.anchor !== undefined) anchors.set(node.anchor, tree);
    return tree;
  };

  const buildContent = (node: Exclude<ParsedNode, Alias.Parsed>): Tree => {
    const [offset] = node.range;
    if (isMap(node)) return buildMap(node, offset);
    if (isSeq(node)) return listTree(node.items.map(build), offset);
    return scalarTree(node, offset);
  };

  const follow = (anchor: string, offset: number): Tree => {
    const tree = anchors.get(anchor);
    if (tree !== undefined) return tree;
    if (anchors.has(anchor))
      return giveUp(syntax(offset, `the alias *${anchor} stands inside its own anchor &${anchor}`));
    const near = suggest(
      anchor,
      [...anchors.keys()].map((name) => [name, name]),
    );
    const hint = near === undefined ? 'define the anchor before its first alias' : `did you mean *${near}?`;
    return giveUp(syntax(offset, `there is no anchor &${anchor} above this alias`, hint));
  };

  const buildMap = (map: YAMLMap.Parsed, offset: number): Tree => {
    const entries = new Map<string, Entry>();
    const merged: Tree[] = [];
    for (const { key, value } of map.items) {
      const keyOffset = key.range[0];
      const tree = value === null ? scalarTree(new Scalar(null), keyOffset) : build(value);
      const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined;
      if (name === undefined) giveUp(syntax(keyOffset, 'a key must be a plain word'));
      else if (name === '<<' && isScalar(key) && key.type === Scalar.PLAIN)
        merged.push(...mergeSources(tree, keyOffset));
      else if (entries.has(name))
        problems.push(syntax(keyOffset, `the key "${name}" is written twice`, 'keep one of them'));
      else entries.set(name, { keyOffset, tree });
    }
    // What the map says itself wins over what it merges, and the first of several sources over later ones.
    const inherited = merged.flatMap(({ entries: below }) => [...(below ?? [])]).reverse();
    return mapTree(new Map([...inherited, ...entries]), offset);
  };

  const mergeSources = (tree: Tree, offset: number): readonly Tree[] => {
    const sources = Array.isArray(tree.value) ? [...(tree.entries?.values() ?? [])].map((entry) => entry.tree) : [tree];
    mergedKeys += sources.reduce((sum, { entries }) => sum + (entries?.size ?? 0), 0);
    if (mergedKeys > MAX_MERGED_KEYS) giveUp(syntax(offset, `"<<" merges more than ${MAX_MERGED_KEYS} keys`));
    else if (sources.every(isMapTree)) return sources;
    else giveUp(syntax(offset, '"<<" merges maps only', 'give it an alias such as *name, or a list of them'));
    return [];
  };

  const tree = contents === null ? scalarTree(new Scalar(null), 0) : build(contents);
  return { tree, problems, unreadable };
};

const isMapTree = ({ entries, value }: Tree): boolean => entries !== undefined && !Array.isArray(value);
