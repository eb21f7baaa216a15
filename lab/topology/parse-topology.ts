import { checkStructure } from './check-structure.ts';
import { checkApis } from './checks/apis.ts';
import { checkDatabase } from './checks/database.ts';
import { checkEnvironments } from './checks/environments.ts';
import { checkExpose } from './checks/expose.ts';
import { checkExtraToml } from './checks/extra-toml.ts';
import { checkHeap } from './checks/heap.ts';
import { checkHostnames } from './checks/hostnames.ts';
import { checkImages } from './checks/images.ts';
import { checkNames } from './checks/names.ts';
import { checkPorts } from './checks/ports.ts';
import { checkRoles } from './checks/roles.ts';
import { checkSize, countNodes } from './checks/size.ts';
import { type Check, draftTopology } from './draft.ts';
import type { Finding, Placed } from './finding.ts';
import { offsetInText } from './offset-in-text.ts';
import { readYaml } from './read-yaml.ts';
import { type Topology, topologySchema } from './schema.ts';
import { openSource, reportProblems } from './source.ts';
import { offsetAt, type Tree, treeAt } from './tree.ts';

/** Rules across fields, several of which compare nodes pair by pair. */
const CHECKS: readonly Check[] = [
  checkNames,
  checkHostnames,
  checkPorts,
  checkExpose,
  checkRoles,
  checkSize,
  checkDatabase,
  checkImages,
  checkHeap,
  checkApis,
  checkEnvironments,
];

/** Nodes up to which those rules are worth their time: many times the nodes that a lab has room for. */
const MAX_COMPARED = 400;

/**
 * Reads the text of a topology file. Throws a LabError with all of its problems at once, in the order of the file, each
 * with its place as `file:line:column`; `file` is the name to call it by. Pure.
 */
export const parseTopology = (text: string, file: string): Topology => {
  const source = openSource(text, file);
  const { tree, problems } = readYaml(source);
  const error = reportProblems(source, [...problems, ...(tree ? examine(source.text, tree) : [])]);
  if (error) throw error;
  return topologySchema.parse(tree?.value);
};

const examine = (text: string, written: Tree): readonly Placed[] => {
  const { tree, issues, findings } = checkStructure(written);
  const draft = draftTopology(tree.value, issues);
  const all = [...findings, ...checkExtraToml(tree), ...(draft ? checkAcross(draft) : [])];
  return all.map((finding) => ({ ...finding, offset: offsetOf(text, tree, finding) }));
};

const checkAcross: Check = (draft) => {
  const checks = countNodes(draft.topology) > MAX_COMPARED ? [checkSize] : CHECKS;
  return checks.flatMap((check) => check(draft));
};

const offsetOf = (text: string, tree: Tree, { path, part = 'value', inText }: Finding): number => {
  const scalar = inText && treeAt(tree, path)?.scalar;
  return scalar ? offsetInText(text, scalar, inText) : offsetAt(tree, path, part);
};
