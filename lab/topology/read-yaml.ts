import { type LineCounter, parseDocument, type YAMLError } from 'yaml';
import { buildTree } from './build-tree.ts';
import type { Placed } from './finding.ts';
import { findNesting } from './find-nesting.ts';
import { syntax } from './syntax.ts';
import type { Tree } from './tree.ts';

/** What the text of a file holds; no tree when it cannot be read any further. */
export type ReadYaml = { readonly tree?: Tree; readonly problems: readonly Placed[] };

/** Far more than a topology has. The YAML parser recurses, and with 200,000 levels takes the process down (measured). */
const MAX_DEPTH = 40;

/** Reads one document of YAML 1.2 with merge keys. Every problem is a TOPOLOGY_SYNTAX. */
export const readYaml = (text: string, lines: LineCounter): ReadYaml => {
  const tooDeep = findNesting(text, MAX_DEPTH);
  if (tooDeep !== undefined) return { problems: [syntax(tooDeep, `nested more than ${MAX_DEPTH} levels deep`)] };
  const document = parseDocument(text, {
    merge: true,
    prettyErrors: false,
    // buildTree finds them: here each key would be compared with each other, which takes minutes for a megabyte.
    uniqueKeys: false,
  });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return { problems: firstOfEachLine(errors, lines).map(toProblem) };
  const { tree, problems, unreadable } = buildTree(document.contents);
  return unreadable ? { problems } : { tree, problems };
};

/** One slip makes the parser complain several times in a row; the first complaint is the useful one. */
const firstOfEachLine = (errors: readonly YAMLError[], lines: LineCounter): readonly YAMLError[] => {
  const byLine = new Map<number, YAMLError>();
  for (const error of errors) {
    const { line } = lines.linePos(error.pos[0]);
    if (!byLine.has(line)) byLine.set(line, error);
  }
  return [...byLine.values()];
};

const toProblem = ({ code, message, pos }: YAMLError): Placed => {
  const [sentence, hint] = PLAIN_WORDS[code] ?? [message.charAt(0).toLowerCase() + message.slice(1)];
  return syntax(pos[0], sentence, hint);
};

/** The parser's words where they are for its authors rather than for people who write a topology. */
const PLAIN_WORDS: Partial<Record<YAMLError['code'], readonly [sentence: string, hint?: string]>> = {
  TAB_AS_INDENT: ['a tab indents this line', 'indent with spaces: YAML takes no tabs there'],
  MULTIPLE_DOCS: ['a second YAML document begins here; a topology is one', 'remove the line "---" or what follows it'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a key and its value stand where one of both may be',
    'indent this line as the one above it, or put a value with ": " in it in quotes',
  ],
  MULTILINE_IMPLICIT_KEY: ['this line is no "key: value"', 'write a space after the colon'],
  BAD_SCALAR_START: ['a value begins with a character that YAML keeps for itself', 'put the value in quotes'],
};
