import { LineCounter } from 'yaml';
import { LabError, type Problem, problem } from '../errors/lab-error.ts';
import { checkStructure } from './check-structure.ts';
import { checkDatabase } from './checks/database.ts';
import { checkExpose } from './checks/expose.ts';
import { checkExtraToml } from './checks/extra-toml.ts';
import { checkHostnames } from './checks/hostnames.ts';
import { checkNames } from './checks/names.ts';
import { checkPorts } from './checks/ports.ts';
import { checkRoles } from './checks/roles.ts';
import { checkSize } from './checks/size.ts';
import { type Check, draftTopology } from './draft.ts';
import type { Finding, Placed } from './finding.ts';
import { offsetInText } from './offset-in-text.ts';
import { readYaml } from './read-yaml.ts';
import type { Topology } from './schema.ts';
import { offsetAt, type Tree, treeAt } from './tree.ts';

/** Rules that no single field can break. */
const CHECKS: readonly Check[] = [
  checkNames,
  checkHostnames,
  checkPorts,
  checkExpose,
  checkRoles,
  checkSize,
  checkDatabase,
];

/** A file with more is no topology; nobody reads on. */
const MAX_PROBLEMS = 50;

/**
 * Reads a topology file's text. Throws a LabError with all of its problems in the order of the file, each with its place
 * as `file:line:column`; `file` is the name to call it by. Pure.
 */
export const parseTopology = (text: string, file: string): Topology => {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const lines = countLines(normal);
  const { topology, problems } = examine(normal, lines);
  const located = inOrder(problems).map(({ code, sentence, hint, offset }): Problem => {
    const { line, col } = lines.linePos(offset);
    return problem(code, sentence, { where: `${file}:${line}:${col}`, ...(hint !== undefined && { hint }) });
  });
  const [first, ...others] = located;
  if (first !== undefined) throw new LabError([first, ...others.slice(0, MAX_PROBLEMS - 1)]);
  if (topology === undefined) throw new Error(`${file} has no problem and no topology`);
  return topology;
};
