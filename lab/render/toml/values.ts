import { labError } from '../../errors/lab-error.ts';
import { isTable, type TomlTable, type TomlValue } from './document.ts';

/** A key as TOML writes it: bare where it may be, quoted elsewhere (`"header.X-WSO2-KEY-MANAGER"`). */
export const formatKey = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : formatString(key));

/** A value on one line, within TOML 0.5: other WSO2 tools read the file with a 0.5 parser (ecosystem.md 3). */
export const formatValue = (value: TomlValue): string => {
  if (typeof value === 'string') return formatString(value);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  return isTable(value) ? formatInlineTable(value) : formatList(value);
};

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** Control characters must be escaped, U+007F among them, which @iarna/toml's own writer leaves unreadable. */
const formatString = (text: string): string =>
  `"${text.replace(/["\\\p{Cc}]/gu, (character) => SHORT_ESCAPES[character] ?? unicodeEscape(character))}"`;

const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`;

/** Ports must stay `9443`: underscores are legal TOML but surprise readers and simple parsers. */
const formatNumber = (number: number): string => {
  if (Number.isNaN(number)) return 'nan';
  if (Object.is(number, -0)) return '-0.0';
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? number.toExponential() : String(number);
};

const formatFloat = (number: number): string =>
  Number.isSafeInteger(number) ? number.toFixed(1) : formatNumber(number);

const formatInlineTable = (table: TomlTable): string => {
  const entries = Object.entries(table).map(([key, value]) => `${formatKey(key)} = ${formatValue(value)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
};

/** TOML 0.5 lists hold one type; whole numbers beside fractions are written as floats. */
const formatList = (list: readonly TomlValue[]): string => {
  const types = [...new Set(list.map(typeOf))];
  if (types.length === 1) return `[${list.map(formatValue).join(', ')}]`;
  const numbers = list.filter((value) => typeof value === 'number');
  if (numbers.length === list.length) return `[${numbers.map(formatFloat).join(', ')}]`;
  throw labError('INTERNAL', `a list of ${types.join(' and ')} cannot be written as TOML 0.5`);
};

const typeOf = (value: TomlValue): string => {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value !== 'object') return typeof value;
  if (value instanceof Date) return 'date';
  return isTable(value) ? 'table' : 'list';
};
