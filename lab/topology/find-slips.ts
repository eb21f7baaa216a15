import type { Path } from './finding.ts';
import { type Issue, pathOf, unknownKeysOf } from './issue.ts';
import { meantKey } from './meant.ts';
import { type Tree, treeAt } from './tree.ts';

/** A misspelt key in the map at a path, and the key it was meant to be. */
export type Slip = { readonly path: Path; readonly key: string; readonly meant: string };

/** More slips than anybody makes; the bound keeps a file that is no topology cheap. */
const MAX_SLIPS = 20;

/** The unknown keys that resemble a known one which their map does not have yet. */
export const findSlips = (tree: Tree, issues: readonly Issue[]): readonly Slip[] => {
  const slips = new Map<string, Slip>();
  for (const issue of issues) {
    const path = pathOf(issue);
    for (const key of unknownKeysOf(issue)) {
      const meant = meantKey(path, key);
      if (meant === undefined || treeAt(tree, [...path, meant])) continue;
      const place = JSON.stringify([...path, meant]);
      if (!slips.has(place)) slips.set(place, { path, key, meant });
      if (slips.size === MAX_SLIPS) return [...slips.values()];
    }
  }
  return [...slips.values()];
};
