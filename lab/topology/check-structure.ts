import { findingsOf, unknownKey } from './describe-issue.ts';
import { findSlips } from './find-slips.ts';
import type { Finding } from './finding.ts';
import type { Issue } from './issue.ts';
import { topologySchema } from './schema.ts';
import { renameKey, type Tree } from './tree.ts';

export type Structure = {
  /** The file with its misspelt keys as they were meant. */
  readonly tree: Tree;
  /** What the schema says of that tree. */
  readonly issues: readonly Issue[];
  /** What the user is told: the misspelt keys and the issues. */
  readonly findings: readonly Finding[];
};

/** Levels of keys in a topology: each round of mending makes the next level visible. */
const ROUNDS = 3;

/** Many times what is reported; the bound keeps a file that is no topology cheap. */
const MAX_ISSUES = 500;

/**
 * Checks keys, types and values. A misspelt key is reported and then read as it was meant, so that what stands below it
 * is checked as well and nothing is called missing that is there.
 */
export const checkStructure = (tree: Tree, rounds = ROUNDS): Structure => {
  const { error } = topologySchema.safeParse(tree.value, { reportInput: true });
  const issues = error?.issues.slice(0, MAX_ISSUES) ?? [];
  const slips = rounds > 0 ? findSlips(tree, issues) : [];
  if (slips.length === 0) return { tree, issues, findings: issues.flatMap(findingsOf) };
  const mended = slips.reduce((sofar, { path, key, meant }) => renameKey(sofar, path, key, meant), tree);
  const rest = checkStructure(mended, rounds - 1);
  const slipped = slips.map(({ path, key, meant }) => ({ ...unknownKey(path, key), path: [...path, meant] }));
  return { ...rest, findings: [...slipped, ...rest.findings] };
};
