import { compileExpression, type Scope } from './compile-expression.ts';
import { compileAggregation, EXPIRY_ATTRIBUTE, windowLength } from './compile-window.ts';
import { type CompiledPlan, keyText, NO_WINDOW, type WindowLength } from './compiled-plan.ts';
import { parsePlan } from './parse-plan.ts';
import { PlanError } from './plan-error.ts';
import type { ExecutionPlan, Expression, FunctionCall, Query, StreamDefinition } from './syntax.ts';
import type { Row } from './values.ts';

/** A stream inside a plan, by how its events come from those of the stream that flows in. */
type Flow = {
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

/**
 * Reads a plan and makes it ready to run. Two shapes are understood: one that copies a stream to another, and one that
 * selects, counts in a window and emits changes of state.
 * @throws PlanError with the line of what is not understood
 */
export const compilePlan = (text: string): CompiledPlan => {
  const plan = parsePlan(text);
  const exported = exportedStream(plan);
  const flow = flowInto(exported.name, plan, []);
  return flow.counted ? throttlePlan(plan.name, exported, flow) : copyPlan(plan.name, exported, flow);
};

const exportedStream = ({ streams }: ExecutionPlan): StreamDefinition & { readonly exports: string } => {
  const [first, ...others] = streams.flatMap((stream) =>
    stream.exports === undefined ? [] : [{ ...stream, exports: stream.exports }],
  );
  if (!first) throw new PlanError(1, 'the plan exports no stream: @Export is missing');
  if (others[0]) throw new PlanError(others[0].line, 'the plan exports more than one stream');
  return first;
};

/** How events come to be in a stream: from outside, or by the one query that inserts into it. */
const flowInto = (name: string, plan: ExecutionPlan, behind: readonly string[]): Flow => {
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

const throttlePlan = (
  name: string,
  exported: { name: string; exports: string; line: number },
  flow: Flow,
): CompiledPlan => {
  const { counted, states, filters, columns, input } = flow;
  const key = columns.get(states?.key ?? '');
  const state = columns.get(states?.state ?? '');
  if (!counted || !key || !state || !columns.has(EXPIRY_ATTRIBUTE)) {
    throw new PlanError(
      exported.line,
      `what flows into ${exported.name} must come through throttler:emitOnStateChange, with ${EXPIRY_ATTRIBUTE}`,
    );
  }
  const conditions = columns.get('evaluatedConditions');
  return {
    kind: 'throttle',
    name,
    input,
    output: exported.exports,
    ...counted,
    accepts: (row) => filters.every((holds) => holds(row)),
    isThrottled: (row, view) => state(row, view) === true,
    throttleKey: keyText(key),
    evaluatedConditions: conditions && keyText(conditions),
  };
};

const copyPlan = (
  name: string,
  exported: StreamDefinition & { readonly exports: string },
  flow: Flow,
): CompiledPlan => {
  const attributes = exported.attributes.map((attribute) => {
    const evaluation = flow.columns.get(attribute);
    if (!evaluation) throw new PlanError(exported.line, `no query selects ${attribute} for ${exported.name}`);
    return [attribute, evaluation] as const;
  });
  return {
    kind: 'copy',
    name,
    input: flow.input,
    output: exported.exports,
    transform: (row) =>
      flow.filters.every((holds) => holds(row))
        ? Object.fromEntries(attributes.map(([attribute, evaluation]) => [attribute, evaluation(row, NO_WINDOW)]))
        : undefined,
  };
};
