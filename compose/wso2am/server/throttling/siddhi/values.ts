import type { PropertiesMap } from './properties-map.ts';

/** What an attribute of an event holds; null is Siddhi's null, which equals nothing. */
export type Value = string | number | boolean | null | PropertiesMap;

/** One event of a stream, attributes by name. */
export type Row = Readonly<Record<string, Value>>;

/** What an expression behind a window sees beside the event. */
export type WindowView = {
  /** Sum or count of the event's group in the window, the event included. */
  readonly total: number;
  /** End of the window, epoch milliseconds. */
  readonly expiry: number;
};

/** A compiled expression. */
export type Evaluation = (row: Row, view: WindowView) => Value;
