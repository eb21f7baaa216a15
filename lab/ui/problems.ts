import { createColors } from 'picocolors';
import type { Problem } from '../errors/lab-error.ts';

/**
 * Problems for a terminal, without a final line break: code with place and node, then sentence, hint and what was seen.
 * Control characters in what others wrote are shown, not sent.
 */
export const formatProblems = (problems: readonly Problem[], { colour }: { readonly colour: boolean }): string => {
  const { bold, cyan, dim, red } = createColors(colour);
  return problems
    .flatMap(({ code, sentence, hint, where, node, evidence }) => [
      [red('error'), bold(code), ...[where, node].flatMap((each) => (each ? ['', cyan(visible(each))] : []))].join(' '),
      indent(sentence, 2),
      indent(`hint: ${hint}`, 2),
      ...(evidence === undefined ? [] : [dim(indent(evidence, 4))]),
    ])
    .join('\n');
};

/** The same for programs. */
export const problemsJson = (problems: readonly Problem[]): { readonly problems: readonly Problem[] } => ({
  problems: problems.map(({ code, sentence, where, node, hint, evidence }) => ({
    code,
    sentence,
    ...(where !== undefined && { where }),
    ...(node !== undefined && { node }),
    hint,
    ...(evidence !== undefined && { evidence }),
  })),
});

const indent = (text: string, columns: number): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(columns)}${visible(line)}`)
    .join('\n');

const visible = (text: string): string =>
  text.replace(/[^\P{Cc}\t]/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
