import { PlanError } from './plan-error.ts';
import type { Comparison, Expression, FunctionCall } from './syntax.ts';
import { TIME_UNITS } from './time-units.ts';
import type { TokenReader } from './token-reader.ts';

const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(['==', '!=', '>=', '<=', '>', '<']);

const isComparison = (text: string): text is Comparison => COMPARISONS.has(text);

/** Reads an expression: `or` binds weakest, then `and`, comparisons, `not`. @throws PlanError */
export const parseExpression = (reader: TokenReader): Expression => {
  let left = parseAnd(reader);
  while (reader.sees('or')) {
    const { line } = reader.take();
    left = { kind: 'or', left, right: parseAnd(reader), line };
  }
  return left;
};

const parseAnd = (reader: TokenReader): Expression => {
  let left = parseComparison(reader);
  while (reader.sees('and')) {
    const { line } = reader.take();
    left = { kind: 'and', left, right: parseComparison(reader), line };
  }
  return left;
};

const parseComparison = (reader: TokenReader): Expression => {
  const left = parseUnary(reader);
  const { kind, text, line } = reader.peek();
  if (kind !== 'symbol' || !isComparison(text)) return left;
  reader.take();
  return { kind: text, left, right: parseUnary(reader), line };
};

const parseUnary = (reader: TokenReader): Expression => {
  const { line } = reader.peek();
  let negated = false;
  while (reader.skip('not')) negated = !negated;
  const operand = parsePrimary(reader);
  return negated ? { kind: 'not', operand, line } : operand;
};

const parsePrimary = (reader: TokenReader): Expression => {
  if (reader.skip('(')) {
    const inner = parseExpression(reader);
    reader.expect(')');
    return inner;
  }
  const token = reader.take();
  const { kind, text, line } = token;
  switch (kind) {
    case 'text':
      return { kind: 'literal', value: text, line };
    case 'number':
      return { kind: 'literal', value: parseAmount(reader, Number(text)), line };
    case 'name':
      if (/^(true|false)$/i.test(text)) return { kind: 'literal', value: text.toLowerCase() === 'true', line };
      return reader.sees(':') || reader.sees('(') ? parseCall(reader, token) : { kind: 'attribute', name: text, line };
    default:
      throw new PlanError(line, `expected a value, found ${text}`);
  }
};

/** `1 hour 30 min` is one number of milliseconds. */
const parseAmount = (reader: TokenReader, number: number): number => {
  const unit = (): number | undefined => {
    const { kind, text } = reader.peek();
    return kind === 'name' ? TIME_UNITS.get(text.toLowerCase()) : undefined;
  };
  let length = unit();
  if (length === undefined) return number;
  reader.take();
  let sum = number * length;
  while (reader.peek().kind === 'number') {
    const next = Number(reader.take().text);
    length = unit();
    if (length === undefined)
      throw new PlanError(reader.peek().line, `expected a unit of time, found ${reader.peek().text}`);
    reader.take();
    sum += next * length;
  }
  return sum;
};

/** Reads `namespace:name(args)`, or what is left of it behind the first name. @throws PlanError */
export const parseCall = (
  reader: TokenReader,
  first: { readonly text: string; readonly line: number },
): FunctionCall => {
  const second = reader.skip(':') ? reader.expectKind('name', 'the name of a function').text : undefined;
  const name = (second === undefined ? first.text : `${first.text}:${second}`).toLowerCase();
  reader.expect('(');
  const args: Expression[] = [];
  if (reader.skip(')')) return { kind: 'call', name, args, line: first.line };
  do args.push(parseExpression(reader));
  while (reader.skip(','));
  reader.expect(')');
  return { kind: 'call', name, args, line: first.line };
};
