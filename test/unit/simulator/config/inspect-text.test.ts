import { describe, expect, it } from 'vitest';
import { inspectText } from '../../../../compose/wso2am/server/config/inspect-text.ts';
import { loadText, MINIMAL, tomlOf } from './deployment.ts';

const HOSTILE = ['constructor', 'prototype', '__proto__'];

/** Every way TOML has to write a key, with the key in it. */
const SPELLINGS: readonly ((key: string) => string)[] = [
  (key) => `${key} = 1`,
  (key) => `[${key}]\nx = 1`,
  (key) => `[[${key}]]\nx = 1`,
  (key) => `[a.${key}.b]`,
  (key) => `[a]\n b.${key} = 1`,
  (key) => `a = { x = 1, ${key} = 2 }`,
  (key) => `a = [1, { ${key} = 2 }]`,
  (key) => `"${key}" = 1`,
  (key) => `'${key}' = 1`,
  (key) => `[a."${key}"]`,
  (key) => `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}" = 1`,
  (key) => `"\\U${key.charCodeAt(0).toString(16).padStart(8, '0')}${key.slice(1)}" = 1`,
  (key) => `a = """x = "\n""" # "\n${key} = 1`,
  (key) => `a = '''\n'\n'''\n${key} = 1`,
  (key) => `a = [\n "]", # ]\n '[' ]\n${key} = 1`,
];

describe('inspectText', () => {
  it.each(HOSTILE)('refuses the key %s however it is written', (key) => {
    for (const spelling of SPELLINGS)
      expect(() => inspectText(spelling(key)), spelling(key)).toThrow(`the key "${key}"`);
  });

  it('lets no refused text reach the parser and through it the objects of the language', () => {
    for (const key of HOSTILE) {
      for (const spelling of SPELLINGS) expect(() => loadText(spelling(key))).toThrow('is not accepted');
    }
    expect(Object.hasOwn(Object, 'x')).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('takes the same words in values, in comments and as parts of other words', () => {
    const text = [
      'a = "constructor"',
      'b = [\'prototype\', "__proto__"] # constructor = 1',
      'c = """\nconstructor = 1\n"""',
      'd = { e = "constructor" }',
      'constructors = 1',
      'f = [ "x",\n"constructor" ]',
    ].join('\n');

    expect(() => inspectText(text)).not.toThrow();
  });

  it('names the place', () => {
    expect(() => inspectText('a = 1\n  [b.prototype]')).toThrow('(line 2, column 6)');
  });

  it.each([
    ['arrays', `a = ${'['.repeat(100_000)}`],
    ['inline tables', `a = ${'{ b = '.repeat(100_000)}`],
    ['dotted keys', `[${Array.from({ length: 100_000 }, () => 'a').join('.')}]`],
  ])('refuses %s nested deeper than any configuration, before anything recurses', (_, text) => {
    expect(() => loadText(text)).toThrow('nested more than 64 levels deep');
  });

  it('counts depth, not length', () => {
    const numbers = Array.from({ length: 1_000 }, () => '1.5').join(', ');
    const text = `${tomlOf(MINIMAL)}\n[lab]\nnumbers = [${numbers}]\nnested = ${'['.repeat(60)}${']'.repeat(60)}\n`;

    expect(loadText(text).has('lab.nested')).toBe(true);
  });

  it('gives up at a quote that never closes instead of looking for its end again and again', () => {
    expect(() => loadText(`a = "${'\\"'.repeat(200_000)}`)).toThrow('Unterminated string');
  });
});
