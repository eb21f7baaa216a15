/** Headers that belong to one connection and not to the message (RFC 9110, 7.6.1); trailers are not passed on, nor announced. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NONE: ReadonlySet<string> = new Set();

/**
 * The headers that travel on, as they were written and as often: all but the hop-by-hop ones, those the Connection header names
 * included.
 * @param raw names, each followed by its value
 * @param withheld names of others that end here, in lower case
 */
export const endToEndHeaders = (raw: readonly string[], withheld: ReadonlySet<string> = NONE): string[] => {
  const named = namedByConnection(raw);
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !withheld.has(lower) && !named.has(lower)) kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
};

/** Whether a header is there. @param name in lower case */
export const hasHeader = (raw: readonly string[], name: string): boolean => {
  for (let index = 0; index < raw.length; index += 2) {
    const other = raw[index];
    // Few have the length: the rest need not be lower-cased.
    if (other?.length === name.length && other.toLowerCase() === name) return true;
  }
  return false;
};

const CONNECTION = 'connection';

const namedByConnection = (raw: readonly string[]): ReadonlySet<string> => {
  let named: Set<string> | undefined;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index];
    const value = raw[index + 1];
    if (name?.length !== CONNECTION.length || name.toLowerCase() !== CONNECTION) continue;
    // What nearly every message says, and what names nothing.
    if (value === undefined || value === 'keep-alive' || value === 'close') continue;
    named ??= new Set();
    for (const option of value.split(',')) named.add(option.trim().toLowerCase());
  }
  return named ?? NONE;
};
