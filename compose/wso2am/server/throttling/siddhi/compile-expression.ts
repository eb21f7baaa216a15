import { bindFunction } from './functions.ts';
import { PlanError } from './plan-error.ts';
import type { Comparison, Expression } from './syntax.ts';
import type { Evaluation, Value } from './values.ts';

/** What an expression may name: the attributes of a stream, each by how it is computed from the event that came in. */
export type Scope = ReadonlyMap<string, Evaluation>;

type Comparable = string | number | boolean;

const COMPARE: Readonly<Record<Comparison, (left: Comparable, right: Comparable) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
};

/**
 * An expression as a function of the event. Null and values of different kinds compare as false, as in Siddhi.
 * @throws PlanError for an attribute the stream does not have and a function that is not understood
 */
export const compileExpression = (expression: Expression, scope: Scope): Evaluation => {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'attribute': {
      const evaluation = scope.get(expression.name);
      if (!evaluation) throw new PlanError(expression.line, `there is no attribute ${expression.name}`);
      return evaluation;
    }
    case 'not': {
      const operand = compileExpression(expression.operand, scope);
      return (row, view) => operand(row, view) !== true;
    }
    case 'and':
    case 'or': {
      const left = compileExpression(expression.left, scope);
      const right = compileExpression(expression.right, scope);
      return expression.kind === 'and'
        ? (row, view) => left(row, view) === true && right(row, view) === true
        : (row, view) => left(row, view) === true || right(row, view) === true;
    }
    case 'call':
      return bindFunction(
        expression,
        expression.args.map((each) => compileExpression(each, scope)),
      );
    default: {
      const holds = COMPARE[expression.kind];
      const left = compileExpression(expression.left, scope);
      const right = compileExpression(expression.right, scope);
      return (row, view) => {
        const [a, b] = [left(row, view), right(row, view)];
        return isComparable(a) && isComparable(b) && typeof a === typeof b && holds(a, b);
      };
    }
  }
};

const isComparable = (value: Value): value is Comparable => value !== null && typeof value !== 'object';
