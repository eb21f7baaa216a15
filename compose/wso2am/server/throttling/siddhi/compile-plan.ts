import { type Flow, flowInto } from './compile-flow.ts';
import { EXPIRY_ATTRIBUTE } from './compile-window.ts';
import { type CompiledPlan, keyText, NO_WINDOW } from './compiled-plan.ts';
import { parsePlan } from './parse-plan.ts';
import { PlanError } from './plan-error.ts';
import type { ExecutionPlan, StreamDefinition } from './syntax.ts';
import type { Value } from './values.ts';

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
  // To begin each copy with all its names: an object that gets them one by one takes three times as long.
  const empty: Readonly<Record<string, Value>> = Object.fromEntries(attributes.map(([attribute]) => [attribute, null]));
  return {
    kind: 'copy',
    name,
    input: flow.input,
    output: exported.exports,
    transform: (row) => {
      if (!flow.filters.every((holds) => holds(row))) return undefined;
      const copy = { ...empty };
      for (const [attribute, evaluation] of attributes) copy[attribute] = evaluation(row, NO_WINDOW);
      return copy;
    },
  };
};
