import type { Version } from '../../../../lab/product/versions.ts';
import { INFERENCES } from './inference.ts';
import type { Inference } from './inference-row.ts';
import { isList, isTable, type Keys, type Scalar, type Value } from './values.ts';

/**
 * Adds what follows from the keys written in the file (configuration.md 4.1, step 3). Defaults come later and infer
 * nothing; what is inferred infers further; what is written wins over what is inferred.
 */
export const infer = (written: Keys, version: Version): Keys => {
  const rows = INFERENCES.filter((row) => row.versions.includes(version));
  const inferred = new Map<string, Value>();
  for (const [key, value] of written) {
    for (const [each, scalar] of consequencesOf(rows, key, value)) inferred.set(each, scalar);
  }
  return new Map([...inferred, ...written]);
};

function* consequencesOf(rows: readonly Inference[], key: string, value: Value): Generator<readonly [string, Scalar]> {
  if (isList(value) || isTable(value)) return;
  for (const [row, part] of matching(rows, key)) {
    if (row.is !== String(value)) continue;
    for (const [pattern, each] of Object.entries(row.set)) {
      const target = pattern.replaceAll('$1', part);
      const consequence = typeof each === 'string' ? each.replaceAll('$1', part) : each;
      yield* consequencesOf(rows, target, consequence);
      yield [target, consequence];
    }
  }
}

/** Rows for a key with what `$1` stands for. Rows that name the key exactly hide those with a pattern. */
const matching = (rows: readonly Inference[], key: string): readonly (readonly [Inference, string])[] => {
  const exact = rows.filter((row) => row.when === key);
  if (exact.length > 0) return exact.map((row) => [row, ''] as const);
  return rows.flatMap((row) => {
    const part = partOf(row.when, key);
    return part === undefined ? [] : [[row, part] as const];
  });
};

const partOf = (pattern: string, key: string): string | undefined => {
  const [before, after] = pattern.split('$1');
  if (before === undefined || after === undefined) return undefined;
  if (key.length <= before.length + after.length || !key.startsWith(before) || !key.endsWith(after)) return undefined;
  const part = key.slice(before.length, key.length - after.length);
  return /^\w+$/.test(part) ? part : undefined;
};
