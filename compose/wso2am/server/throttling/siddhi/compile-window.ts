import { compileExpression, type Scope } from './compile-expression.ts';
import { NO_WINDOW, type WindowLength } from './compiled-plan.ts';
import { PlanError } from './plan-error.ts';
import type { Column, Expression, FunctionCall } from './syntax.ts';
import type { Evaluation, Row } from './values.ts';

/** `throttler:timeBatch(length)` or `(length, start)`, both constant (wire.md 5.5). @throws PlanError */
export const windowLength = ({ args, line }: FunctionCall): WindowLength => {
  const [length, start] = args.map((arg) => {
    if (arg.kind === 'literal' && typeof arg.value === 'number') return arg.value;
    throw new PlanError(arg.line, 'throttler:timeBatch takes constant times only');
  });
  if (length === undefined || length <= 0 || args.length > 2) {
    throw new PlanError(line, 'throttler:timeBatch takes the length of a window and, if need be, a start');
  }
  return { length, start };
};

/** The attribute that `throttler:timeBatch` adds: the end of the window. */
export const EXPIRY_ATTRIBUTE = 'expiryTimeStamp';

const AGGREGATES: ReadonlySet<string> = new Set(['count', 'sum']);

export type Aggregation = {
  /** What one event adds to the total of its group. */
  readonly amount: (row: Row) => number;
  /** The columns behind the window. */
  readonly columns: Scope;
};

/**
 * The columns of a query with a window. One `count` or `sum` among them is what the window adds up; everything else is
 * computed from the event itself.
 * @throws PlanError unless there is exactly one
 */
export const compileAggregation = (columns: readonly Column[], scope: Scope, line: number): Aggregation => {
  const calls = columns.flatMap(({ value }) => aggregatesIn(value));
  const [call, ...others] = calls;
  if (!call || others.length > 0)
    throw new PlanError(line, `a window must hold one count or sum, found ${calls.length}`);

  const total: Evaluation = (_row, view) => view.total;
  const inner: Scope = new Map([...scope, [TOTAL, total], [EXPIRY_ATTRIBUTE, (_row, view) => view.expiry]]);
  return {
    amount: amountOf(call, scope),
    columns: new Map(columns.map(({ name, value }) => [name, compileExpression(withTotal(value), inner)])),
  };
};

/** No attribute can be called so. */
const TOTAL = ' total';

const amountOf = (call: FunctionCall, scope: Scope): ((row: Row) => number) => {
  const args = call.args.map((arg) => compileExpression(arg, scope));
  if (call.name === 'count') return () => 1;
  const [arg] = args;
  if (!arg || args.length > 1) throw new PlanError(call.line, 'sum takes one argument');
  return (row) => {
    const value = arg(row, NO_WINDOW);
    return typeof value === 'number' ? value : 0;
  };
};

const aggregatesIn = (expression: Expression): readonly FunctionCall[] => {
  switch (expression.kind) {
    case 'literal':
    case 'attribute':
      return [];
    case 'not':
      return aggregatesIn(expression.operand);
    case 'call':
      return AGGREGATES.has(expression.name) ? [expression] : expression.args.flatMap(aggregatesIn);
    default:
      return [...aggregatesIn(expression.left), ...aggregatesIn(expression.right)];
  }
};

const withTotal = (expression: Expression): Expression => {
  switch (expression.kind) {
    case 'literal':
    case 'attribute':
      return expression;
    case 'not':
      return { ...expression, operand: withTotal(expression.operand) };
    case 'call':
      return AGGREGATES.has(expression.name)
        ? { kind: 'attribute', name: TOTAL, line: expression.line }
        : { ...expression, args: expression.args.map(withTotal) };
    default:
      return { ...expression, left: withTotal(expression.left), right: withTotal(expression.right) };
  }
};
