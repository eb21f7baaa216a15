import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import type { Scalar } from './values.ts';

export type Consequences = Readonly<Record<string, Scalar>>;

/** "When this key has this value, these follow." `$1` stands for one part of a key, of letters, digits and `_`. */
export type Inference = {
  readonly when: string;
  readonly is: string;
  readonly set: Consequences;
  readonly versions: readonly Version[];
};

export const V30: readonly Version[] = ['3.0.0'];
export const V30_V31: readonly Version[] = ['3.0.0', '3.1.0'];
export const V31_V32: readonly Version[] = ['3.1.0', '3.2.0'];
export const V32: readonly Version[] = ['3.2.0'];

/** Rows for one key, in all versions or in those named. */
export const rowsFor =
  (when: string) =>
  (is: string, set: Consequences, versions: readonly Version[] = VERSIONS): Inference => ({ when, is, set, versions });
