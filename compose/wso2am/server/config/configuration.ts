import type { Version } from '../../../../lab/product/versions.ts';
import { ConfigurationError } from './configuration-error.ts';
import { isList, isTable, type Keys, type Value } from './values.ts';

/** Typed access to keys. Every method but the optional ones throws `ConfigurationError` naming a key that is missing. */
export type Reader = {
  has(key: string): boolean;
  text(key: string): string;
  optionalText(key: string): string | undefined;
  /** A number, or a text that is one: ports are written both ways. */
  number(key: string): number;
  optionalNumber(key: string): number | undefined;
  /** `true`, `false`, or the texts of these in any case. */
  flag(key: string): boolean;
  optionalFlag(key: string): boolean | undefined;
  /** A list of texts; a single text is a list of one. */
  list(key: string): readonly string[];
  /** The tables of an array of tables, in order; none when the key is missing. */
  tables(key: string): readonly Reader[];
  /** Every key with its value, for a debugging dump. Holds passwords. */
  entries(): Iterable<readonly [string, Value]>;
};

/** A resolved configuration: what the templates of the product would be rendered with. */
export type Configuration = Reader & { readonly version: Version };

/** Reads a whole configuration. */
export const configurationOf = (version: Version, keys: Keys): Configuration => ({ version, ...readerOf(keys, '') });

const readerOf = (keys: Keys, path: string): Reader => {
  const wrong = (key: string, expected: string): never => {
    throw new ConfigurationError(`Configuration with key ${path}${key} is not ${expected}`);
  };
  const required = <T>(key: string, value: T | undefined): T => {
    if (value === undefined) throw new ConfigurationError(`Configuration with key ${path}${key} doesn't exist`);
    return value;
  };

  const optionalText = (key: string): string | undefined => {
    const value = keys.get(key);
    return isList(value) || isTable(value) ? wrong(key, 'a text') : value === undefined ? undefined : String(value);
  };
  const optionalNumber = (key: string): number | undefined => {
    const text = optionalText(key);
    if (text === undefined) return undefined;
    return text.trim() === '' || !Number.isFinite(Number(text)) ? wrong(key, 'a number') : Number(text);
  };
  const optionalFlag = (key: string): boolean | undefined => {
    const text = optionalText(key)?.toLowerCase();
    if (text === undefined) return undefined;
    return text === 'true' || text === 'false' ? text === 'true' : wrong(key, 'true or false');
  };
  const items = (key: string, value: Value | undefined): readonly Value[] =>
    value === undefined ? [] : isList(value) ? value : wrong(key, 'a list');

  return {
    has: (key) => keys.has(key),
    text: (key) => required(key, optionalText(key)),
    optionalText,
    number: (key) => required(key, optionalNumber(key)),
    optionalNumber,
    flag: (key) => required(key, optionalFlag(key)),
    optionalFlag,
    list: (key) => {
      const value = required(key, keys.get(key));
      return (isList(value) ? value : [value]).map((item) =>
        isList(item) || isTable(item) ? wrong(key, 'a list of texts') : String(item),
      );
    },
    tables: (key) =>
      items(key, keys.get(key)).map((item, index) =>
        isTable(item) ? readerOf(item, `${path}${key}[${index}].`) : wrong(key, 'an array of tables'),
      ),
    entries: () => keys.entries(),
  };
};
