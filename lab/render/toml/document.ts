export type TomlScalar = string | number | bigint | boolean | Date;

export type TomlTable = { readonly [key: string]: TomlValue };

export type TomlValue = TomlScalar | TomlTable | readonly TomlValue[];

/** An ordered TOML document. Tables are written in the order of their keys, a table's own keys before its sub-tables. */
export type TomlDocument = {
  readonly root: TomlTable;
  /** Comment lines at the top of the file. */
  readonly header: readonly string[];
  /** Comment above a table, or above the first of an array of tables, by its keys joined with dots. */
  readonly comments: Readonly<Record<string, string>>;
};

export const isTable = (value: TomlValue): value is TomlTable =>
  typeof value === 'object' && !(value instanceof Date) && !Array.isArray(value);

/** Arrays of tables have a notation of their own; an empty list is an ordinary value. */
export const isArrayOfTables = (value: TomlValue): value is readonly TomlTable[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTable);
