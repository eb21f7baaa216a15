import { PlanError } from './plan-error.ts';
import { isMap, PropertiesMap } from './properties-map.ts';
import type { FunctionCall } from './syntax.ts';
import type { Evaluation, Value } from './values.ts';

/** A function of Siddhi: how many arguments it takes, and what it makes of their evaluations. */
type Definition = {
  readonly least: number;
  readonly most: number;
  readonly bind: (args: readonly Evaluation[], call: FunctionCall) => Evaluation;
};

const nothing: Evaluation = () => null;

const text = (value: Value): string => (value === null ? 'null' : String(value));

/** `cast(x, 'long')`; the type is a constant in every plan. */
const CASTS: Readonly<Record<string, (value: Value) => Value>> = {
  string: (value) => (value === null || isMap(value) ? null : String(value)),
  bool: (value) => (value === null ? null : value === true || value === 'true'),
  ...Object.fromEntries(['int', 'long', 'float', 'double'].map((type) => [type, (value: Value) => numberOf(value)])),
};

const numberOf = (value: Value): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

/** The functions that the product's plans, and the documentation's custom ones, use (wire.md 5.5). */
const DEFINITIONS: ReadonlyMap<string, Definition> = new Map(
  Object.entries({
    'str:concat': {
      least: 1,
      most: Number.POSITIVE_INFINITY,
      bind: (args) => (row, view) => args.map((each) => text(each(row, view))).join(''),
    },
    'map:get': {
      least: 2,
      most: 2,
      bind:
        ([map = nothing, key = nothing]) =>
        (row, view) => {
          const entries = map(row, view);
          return isMap(entries) ? entries.get(text(key(row, view))) : null;
        },
    },
    'map:createfromjson': {
      least: 1,
      most: 1,
      bind:
        ([json = nothing]) =>
        (row, view) =>
          new PropertiesMap(json(row, view)),
    },
    'regex:find': {
      least: 2,
      most: 2,
      bind: ([, subject = nothing], call) => {
        const pattern = constantPattern(call);
        return (row, view) => {
          const value = subject(row, view);
          return value !== null && !isMap(value) && pattern.test(String(value));
        };
      },
    },
    cast: {
      least: 2,
      most: 2,
      bind: ([value = nothing], call) => {
        const convert = CASTS[constantText(call, 1).toLowerCase()];
        if (!convert) throw new PlanError(call.line, `cast to ${constantText(call, 1)} is not understood`);
        return (row, view) => convert(value(row, view));
      },
    },
  } satisfies Record<string, Definition>),
);

/** A call of a function that does not look at a window. @throws PlanError when there is none, or not with these arguments */
export const bindFunction = (call: FunctionCall, args: readonly Evaluation[]): Evaluation => {
  const definition = DEFINITIONS.get(call.name);
  if (!definition) throw new PlanError(call.line, `the function ${call.name} is not understood`);
  if (args.length < definition.least || args.length > definition.most) {
    throw new PlanError(call.line, `${call.name} does not take ${args.length} arguments`);
  }
  return definition.bind(args, call);
};

const constantText = (call: FunctionCall, index: number): string => {
  const arg = call.args[index];
  if (arg?.kind === 'literal' && typeof arg.value === 'string') return arg.value;
  throw new PlanError(call.line, `argument ${index + 1} of ${call.name} must be a constant text`);
};

const constantPattern = (call: FunctionCall): RegExp => {
  try {
    return new RegExp(constantText(call, 0));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new PlanError(call.line, `the pattern of ${call.name}: ${cause.message}`);
    throw cause;
  }
};
