import { KEY_MAPPINGS } from './key-mappings.ts';
import type { Keys, Value } from './values.ts';

/** Renames keys (configuration.md 4.1, step 2). The name as written is gone afterwards; of two with one target the later wins. */
export const mapKeys = (keys: Keys): Keys => {
  const mapped = new Map<string, Value>();
  for (const [key, value] of keys) {
    for (const target of targetsOf(key)) mapped.set(target, value);
  }
  return mapped;
};

const targetsOf = (key: string): readonly string[] =>
  Object.hasOwn(KEY_MAPPINGS, key) ? (KEY_MAPPINGS[key] ?? [key]) : [key];
