import { isTable, type TomlTable, type TomlValue } from './document.ts';

/**
 * Lays one table over another: tables are merged key by key, everything else, lists and arrays of tables included, is
 * replaced as a whole. Keys keep the place of their first appearance.
 */
export const mergeTables = (base: TomlTable, over: TomlTable): TomlTable => ({
  ...base,
  ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, mergeValues(base[key], value)])),
});

const mergeValues = (base: TomlValue | undefined, over: TomlValue): TomlValue =>
  base !== undefined && isTable(base) && isTable(over) ? mergeTables(base, over) : over;
