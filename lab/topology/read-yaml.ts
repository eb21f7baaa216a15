import { type LineCounter, parseDocument, type YAMLError } from 'yaml';
import { buildTree } from './build-tree.ts';
import { findNesting } from './find-nesting.ts';
import type { Placed } from './finding.ts';
import type { Source } from './source.ts';
import { syntax } from './syntax.ts';
import type { Tree } from './tree.ts';

/** What the text of a file holds; no tree when it cannot be read any further. */
export type ReadYaml = { readonly tree?: Tree; readonly problems: readonly Placed[] };

/** Far more than a topology has. The YAML parser recurses, and with 200,000 levels takes the process down (measured). */
const MAX_DEPTH = 40;

/** Reads one document of YAML 1.2 with merge keys. Every problem is a TOPOLOGY_SYNTAX. */
export const readYaml = ({ text, lines }: Source): ReadYaml => {
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

const toProblem = ({ message, pos }: YAMLError): Placed => {
  const plain = PLAIN_WORDS.find(({ says }) => says.test(message));
  return syntax(pos[0], plain?.sentence ?? `the YAML is broken: ${message}`, plain?.hint);
};

/** The parser's words where they are for its authors rather than for people who write a topology. */
const PLAIN_WORDS: readonly { readonly says: RegExp; readonly sentence: string; readonly hint: string }[] = [
  {
    says: /^Tabs are not allowed/,
    sentence: 'a tab indents this line',
    hint: 'indent with spaces: YAML takes no tabs there',
  },
  {
    says: /multiple documents/,
    sentence: 'a second YAML document begins here; a topology is one',
    hint: 'remove the line "---" or what follows it',
  },
  {
    says: /^Missing closing .quote/,
    sentence: 'a quote that opens above never closes',
    hint: 'close it, or write two where one is meant as text',
  },
  {
    says: /^Nested mappings are not allowed/,
    sentence: 'a key follows where only a value may',
    hint: 'indent the line as its neighbours, or put a value that holds ": " in quotes',
  },
  {
    says: /^Implicit (map )?keys need/,
    sentence: 'this is no "key: value"',
    hint: 'write a colon and a space after the key',
  },
  {
    says: /^Plain value cannot start/,
    sentence: 'the value begins with a character that YAML keeps for itself',
    hint: 'put the value in quotes',
  },
  {
    says: /^All mapping items must start at the same column/,
    sentence: 'the line is indented unlike its neighbours',
    hint: 'let keys of one map begin in one column',
  },
  {
    says: /^Flow (map|sequence) in block collection/,
    sentence: 'a bracket that opens above never closes',
    hint: 'close it, and indent what is inside',
  },
  {
    says: /^Unresolved tag/,
    sentence: 'tags such as this one mean nothing here',
    hint: 'remove the word that begins with "!"',
  },
];
