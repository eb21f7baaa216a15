import { type Place, parsingError } from './configuration-error.ts';

/** `@iarna/toml` 3.0.0 writes tables of these names into JavaScript's own objects (measured: `[constructor]`). */
const HOSTILE_KEYS = new Set(['constructor', 'prototype', '__proto__']);

/** A limit of ours: no configuration of the product comes near it, and what recurses later stays shallow. */
const MAX_DEPTH = 64;

/** Comments, the four kinds of text, bare words, what gives structure, and any other single character. */
const TOKEN = /#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|'''.*?'{3,5}|"(?:\\[^\n]|[^"\\\n])*"|'[^'\n]*'|[\w-]+|[=.,[\]{}\n]|./gs;

const ESCAPE = /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g;

/**
 * Looks through the text of a `deployment.toml` before the TOML parser may see it.
 * Throws for a key that would reach JavaScript's own objects, however it is spelt, and for nesting beyond any real
 * configuration. Values, comments and everything that is no TOML are left to the parser.
 */
export const inspectText = (text: string): void => {
  const open: string[] = [];
  let atKey = true;
  let dots = 0;

  for (const { 0: word, index } of text.matchAll(TOKEN)) {
    // A quote that never closes: the parser stops here, so nothing after it counts.
    if (word === '"' || word === "'") return;
    if (atKey && HOSTILE_KEYS.has(nameOf(word))) {
      throw parsingError(`the key "${nameOf(word)}" is not accepted`, placeOf(text, index));
    }
    if (word === '\n') atKey ||= open.length === 0;
    else if (word === '=') atKey = false;
    else if (word === ',') atKey = open.at(-1) === '{';
    else if (word === '{' || (word === '[' && !atKey)) {
      open.push(word);
      atKey = word === '{';
    } else if (word === '}' || (word === ']' && !atKey)) {
      open.pop();
      atKey = false;
    }
    if (word === '.' && atKey) dots += 1;
    else if ('\n=,{'.includes(word)) dots = 0;
    if (open.length + dots > MAX_DEPTH) {
      throw parsingError(`nested more than ${MAX_DEPTH} levels deep`, placeOf(text, index));
    }
  }
};

/** A key without its quotes and with its Unicode escapes read. */
const nameOf = (word: string): string => {
  if (word.startsWith("'")) return word.slice(1, -1);
  if (!word.startsWith('"')) return word;
  return word.slice(1, -1).replace(ESCAPE, (written, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
};

const placeOf = (text: string, index: number): Place => {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};
