import { PlanError } from './plan-error.ts';

export type Token = {
  readonly kind: 'name' | 'text' | 'number' | 'symbol' | 'end';
  /** A text without its quotes; a number without its type suffix. */
  readonly text: string;
  readonly line: number;
};

/**
 * What stands next in a plan, tried in this order. Siddhi writes texts in one or three double quotes or in single ones,
 * knows no escapes in them, and lets names that are keywords stand in back quotes. Numbers may end in a type letter.
 */
const PATTERN =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|"""(?<long>[\s\S]*?)"""|"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|`(?<quoted>[^`\n]+)`|(?<number>\d+(?:\.\d+)?)[lLfFdD]?(?![\w.])|(?<name>[A-Za-z_]\w*)|(?<symbol>==|!=|>=|<=|->|[@:;,()[\]#.<>=*+\-/%?])/y;

/** What keeps a plan from exhausting the stack of whoever reads it; the product's own have some 200 tokens, nested 5 deep. */
const MOST_TOKENS = 5_000;
const DEEPEST = 100;

/** @throws PlanError at a character that begins nothing, and for a plan beyond all measure */
export const tokensOf = (plan: string): readonly Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  let line = 1;
  let depth = 0;
  while (pattern.lastIndex < plan.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(plan);
    if (match === null) throw new PlanError(line, `unexpected ${JSON.stringify(plan[at])}`);
    const token = tokenOf(match.groups ?? {}, line);
    if (token) tokens.push(token);
    if (token?.kind === 'symbol') depth += DEPTHS[token.text] ?? 0;
    if (tokens.length > MOST_TOKENS || depth > DEEPEST) throw new PlanError(line, 'the plan is too large');
    line += match[0].split('\n').length - 1;
  }
  return [...tokens, { kind: 'end', text: 'the end of the plan', line }];
};

const DEPTHS: Readonly<Record<string, number>> = { '(': 1, ')': -1 };

const tokenOf = (groups: Readonly<Record<string, string | undefined>>, line: number): Token | undefined => {
  const { long, double, single, quoted, number, name, symbol } = groups;
  const text = long ?? double ?? single;
  if (text !== undefined) return { kind: 'text', text, line };
  if (number !== undefined) return { kind: 'number', text: number, line };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, line };
  const word = name ?? quoted;
  return word === undefined ? undefined : { kind: 'name', text: word, line };
};
