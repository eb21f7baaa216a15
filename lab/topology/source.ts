import { LineCounter } from 'yaml';
import { LabError, type Problem, problem } from '../errors/lab-error.ts';
import type { Placed } from './finding.ts';

/** A topology file's text without what editors of other systems add, and the starts of its lines. */
export type Source = { readonly file: string; readonly text: string; readonly lines: LineCounter };

/** A file with more problems is no topology, and nobody reads on. */
const MAX_PROBLEMS = 50;

/** Takes the text of a file; `file` is the name to call it by. */
export const openSource = (text: string, file: string): Source => {
  const normal = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = normal.indexOf('\n'); at !== -1; at = normal.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return { file, text: normal, lines };
};

/** The error to throw for these problems, in the order of the file; undefined when there are none. */
export const reportProblems = ({ file, lines }: Source, problems: readonly Placed[]): LabError | undefined => {
  // A value that an alias repeats has the same problem at the same place each time.
  const distinct = [...new Map(problems.map((each) => [`${each.offset} ${each.sentence}`, each])).values()];
  const [first, ...others] = distinct
    .toSorted((a, b) => a.offset - b.offset)
    .slice(0, MAX_PROBLEMS)
    .map(({ code, sentence, hint, offset }): Problem => {
      const { line, col } = lines.linePos(offset);
      return problem(code, sentence, { where: `${file}:${line}:${col}`, ...(hint !== undefined && { hint }) });
    });
  return first && new LabError([first, ...others]);
};
