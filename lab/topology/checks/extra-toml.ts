import { parse } from '@iarna/toml';
import { Scalar } from 'yaml';
import { z } from 'zod';
import type { Finding, Path } from '../finding.ts';
import { type Tree, treeAt } from '../tree.ts';

/** What the TOML parser adds to its errors. Lines count from 0; columns from 1 in the first line, from 0 in others (measured). */
const parserError = z.object({ message: z.string(), line: z.number().int(), col: z.number().int() });

/**
 * `@iarna/toml` 3.0.0 writes tables of these names into JavaScript's own objects (ecosystem.md 3), and the product has
 * no key like them.
 */
const HOSTILE_KEY = /(?:^|[\s.,{["'])(constructor|prototype|__proto__)["']?\s*[\].=]/m;

/** Texts under `toml` that are no TOML. Looks at the file itself: a node with other faults has its text checked too. */
export const checkExtraToml = (tree: Tree): readonly Finding[] => {
  const nodes = [...(treeAt(tree, ['nodes'])?.entries?.keys() ?? [])];
  return [['toml'], ...nodes.map((index) => ['nodes', index, 'toml'])].flatMap((path) => checkText(tree, path));
};

const checkText = (tree: Tree, path: Path): readonly Finding[] => {
  const { value, scalar } = treeAt(tree, path) ?? {};
  const fault = typeof value === 'string' ? findFault(value) : undefined;
  if (fault === undefined) return [];
  const { sentence, line, column } = fault;
  return [
    {
      code: 'EXTRA_TOML_INVALID',
      path,
      sentence: `the text under "toml" is no TOML: ${sentence}`,
      ...(line !== undefined && column !== undefined && { inText: { line, column } }),
      ...(scalar?.type !== Scalar.BLOCK_LITERAL && { hint: 'write the text under "toml: |", which keeps its lines' }),
    },
  ];
};

type Fault = { readonly sentence: string; readonly line?: number; readonly column?: number };

const findFault = (text: string): Fault | undefined => {
  const readable = text.replace(/\\(?:u00|U000000)([0-7][0-9a-fA-F])/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const hostile = HOSTILE_KEY.exec(readable)?.[1];
  if (hostile !== undefined) return { sentence: `the key "${hostile}" is not accepted` };
  try {
    parse(text);
    return undefined;
  } catch (error) {
    const { data } = parserError.safeParse(error);
    if (data === undefined) return { sentence: error instanceof Error ? error.message : String(error) };
    const [sentence = data.message] = data.message.split(' at row ');
    return {
      sentence: sentence.charAt(0).toLowerCase() + sentence.slice(1),
      line: data.line,
      column: data.line === 0 ? data.col - 1 : data.col,
    };
  }
};
