import { compileExpression, type Scope } from './compile-expression.ts';
import { compileAggregation, windowLength } from './compile-window.ts';
import { keyText, NO_WINDOW, type WindowLength } from './compiled-plan.ts';
import { PlanError } from './plan-error.ts';
import type { ExecutionPlan, Expression, FunctionCall, Query } from './syntax.ts';
import type { Row } from './values.ts';

/** A stream inside a plan, by how its events come from those of the stream that flows in. */
export type Flow = {
  readonly input: string;
  readonly filters: readonly ((row: Row) => boolean)[];
  readonly columns: Scope;
  readonly counted?: Counted;
  /** The attributes by which `emitOnStateChange` has thinned the flow out. */
  readonly states?: { readonly key: string; readonly state: string };
};

type Counted = {
  readonly window: WindowLength;
  readonly group: (row: Row) => string;
  readonly amount: (row: Row) => number;
  readonly releases: boolean;
};

/** How events come to be in a stream: from outside, or by the one query that inserts into it. @throws PlanError */
export const flowInto = (name: string, plan: ExecutionPlan, behind: readonly string[]): Flow => {
  const queries = plan.queries.filter(({ into }) => into === name);
  const definition = plan.streams.find((stream) => stream.name === name);
  const [query, second] = queries;
  if (second) throw new PlanError(second.line, `a second query inserts into ${name}`);
  if (query) {
    if (behind.includes(name)) throw new PlanError(query.line, `${name} is made of itself`);
    return runQuery(query, flowInto(query.from, plan, [...behind, name]));
  }
  if (definition?.imports !== undefined) {
    return {
      input: definition.imports,
      filters: [],
      columns: new Map(definition.attributes.map((attribute) => [attribute, (row: Row) => row[attribute] ?? null])),
    };
  }
  const user = plan.queries.find(({ from }) => from === name);
  throw new PlanError(user?.line ?? definition?.line ?? 1, `nothing flows into ${name}`);
};

const runQuery = (query: Query, source: Flow): Flow => {
  let flow = source;
  let window: WindowLength | undefined;
  for (const handler of query.handlers) {
    if (handler.kind === 'filter') flow = { ...flow, filters: [...flow.filters, predicate(handler.condition, flow)] };
    else if (handler.name === 'throttler:timebatch') window = windowLength(handler);
    else if (handler.name === 'throttler:emitonstatechange') flow = { ...flow, states: statesOf(handler, flow) };
    else throw new PlanError(handler.line, `the stream function ${handler.name} is not understood`);
  }
  return window ? count(query, flow, window) : project(query, flow);
};

const predicate = (condition: Expression, flow: Flow): ((row: Row) => boolean) => {
  if (flow.counted) throw new PlanError(condition.line, 'a filter behind a window is not understood');
  const holds = compileExpression(condition, flow.columns);
  return (row) => holds(row, NO_WINDOW) === true;
};

const statesOf = ({ args, line }: FunctionCall, flow: Flow): { readonly key: string; readonly state: string } => {
  const [key, state] = args;
  if (args.length !== 2 || key?.kind !== 'attribute' || state?.kind !== 'attribute') {
    throw new PlanError(line, 'throttler:emitOnStateChange takes two attributes: the key and the state');
  }
  for (const { name } of [key, state]) {
    if (!flow.columns.has(name)) throw new PlanError(line, `there is no attribute ${name}`);
  }
  return { key: key.name, state: state.name };
};

const project = (query: Query, flow: Flow): Flow => {
  if (query.groupBy.length > 0) throw new PlanError(query.line, 'group by without a window is not understood');
  if (query.select === '*') return flow;
  const columns = query.select.map(({ name, value }) => [name, compileExpression(value, flow.columns)] as const);
  return { ...flow, columns: new Map(columns) };
};

const count = (query: Query, flow: Flow, window: WindowLength): Flow => {
  if (flow.counted) throw new PlanError(query.line, 'a window behind a window is not understood');
  if (query.select === '*') throw new PlanError(query.line, 'a window needs named columns');
  const { amount, columns } = compileAggregation(query.select, flow.columns, query.line);
  const [by, ...more] = query.groupBy;
  if (by === undefined || more.length > 0) throw new PlanError(query.line, 'a window must be grouped by one attribute');
  const key = flow.columns.get(by) ?? columns.get(by);
  if (!key) throw new PlanError(query.line, `there is no attribute ${by}`);
  return { ...flow, columns, counted: { window, group: keyText(key), amount, releases: query.allEvents } };
};
