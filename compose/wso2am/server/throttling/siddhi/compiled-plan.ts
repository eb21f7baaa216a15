import type { Evaluation, Row, Value, WindowView } from './values.ts';

/** A plan ready to run. */
export type CompiledPlan = CopyPlan | ThrottlePlan;

/** Passes every event on, in another form: `requestPreProcessorExecutionPlan` (wire.md 5.3). */
export type CopyPlan = {
  readonly kind: 'copy';
  readonly name: string;
  /** Ids of the streams it reads and writes. */
  readonly input: string;
  readonly output: string;
  /** The event it writes; undefined when a filter keeps it back. */
  readonly transform: (row: Row) => Row | undefined;
};

/** Counts events per key and window, and says which keys have used up their quota (wire.md 5.5). */
export type ThrottlePlan = {
  readonly kind: 'throttle';
  readonly name: string;
  readonly input: string;
  readonly output: string;
  /** Whether an event is counted at all: tier, tenant and conditions. */
  readonly accepts: (row: Row) => boolean;
  /** What is counted together. */
  readonly group: (row: Row) => string;
  /** What one event adds: 1, or its bytes. */
  readonly amount: (row: Row) => number;
  readonly isThrottled: (row: Row, view: WindowView) => boolean;
  readonly throttleKey: (row: Row) => string;
  /** Base64 of the conditions of a resource plan; of no other plan. */
  readonly evaluatedConditions: ((row: Row) => string) | undefined;
  readonly window: WindowLength;
  /** Whether the end of a window says `false` for the keys it releases: `insert all events`. */
  readonly releases: boolean;
};

/** Milliseconds. Windows begin at multiples of the length since `start`; without it, with the first event. */
export type WindowLength = { readonly length: number; readonly start: number | undefined };

/** For what is evaluated where no window is in sight. */
export const NO_WINDOW: WindowView = { total: 0, expiry: 0 };

/** The text of a value that is used as a key. */
export const keyText = (evaluation: Evaluation): ((row: Row) => string) => {
  const text = (value: Value): string => (typeof value === 'string' ? value : String(value));
  return (row) => text(evaluation(row, NO_WINDOW));
};
