import type { Keys, Value } from './values.ts';

/** A value as the TOML parser gives it. */
type Parsed = string | number | bigint | boolean | Date | readonly Parsed[] | ParsedTable;
type ParsedTable = { readonly [key: string]: Parsed };

const BARE_KEY = /^[\w-]+$/;

/**
 * Dissolves tables into dotted keys (config-mapper 1.0.2, TomlParser). Arrays stay arrays; the tables in them become
 * flat maps of their own. An empty table leaves no key.
 */
export const flatten = (table: ParsedTable): Keys => new Map(entriesOf(table, ''));

function* entriesOf(table: ParsedTable, prefix: string): Generator<readonly [string, Value]> {
  for (const [key, value] of Object.entries(table)) {
    const path = prefix + (BARE_KEY.test(key) ? key : `'${key}'`);
    if (isTable(value)) yield* entriesOf(value, `${path}.`);
    else yield [path, flatValue(value)];
  }
}

const flatValue = (value: Parsed): Value => {
  if (isList(value)) return value.map(flatValue);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return String(value);
  return isTable(value) ? flatten(value) : value;
};

const isList = (value: Parsed): value is readonly Parsed[] => Array.isArray(value);

const isTable = (value: Parsed): value is ParsedTable =>
  typeof value === 'object' && !isList(value) && !(value instanceof Date);
