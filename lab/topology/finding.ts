import type { ErrorCode } from '../errors/codes.ts';

/** Keys and list indexes from the top of the file. */
export type Path = readonly (string | number)[];

/** Something wrong with a topology, before it is known where in the file that is. */
export type Finding = {
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly hint?: string;
  readonly path: Path;
  /** Which half of `key: value` is wrong; the value unless it says otherwise. */
  readonly part?: 'key' | 'value';
  /** Where inside a text value, counted from 0. */
  readonly inText?: { readonly line: number; readonly column: number };
};

/** A finding and its offset in the text of the file. */
export type Placed = Pick<Finding, 'code' | 'sentence' | 'hint'> & { readonly offset: number };
