import { describe, expect, it } from 'vitest';
import { topicMatcher } from '../../../../../compose/wso2am/server/broker/routing/topic-pattern.ts';

/** The meaning of a pattern, written the slow way. */
const means = (pattern: readonly string[], words: readonly string[]): boolean => {
  const [want, ...others] = pattern;
  if (want === undefined) return words.length === 0;
  if (want === '#') return words.some((_, skipped) => means(others, words.slice(skipped))) || means(others, []);
  return words.length > 0 && (want === '*' || want === words[0]) && means(others, words.slice(1));
};

describe('patterns of topic bindings', () => {
  it.each([
    ['throttledata', 'throttledata', true],
    ['throttledata', 'throttledata.x', false],
    ['*', 'a', true],
    ['*', 'a.b', false],
    ['*', '', false],
    ['#', '', true],
    ['#', 'a.b.c', true],
    ['a.#', 'a', true],
    ['a.#.d', 'a.b.c.d', true],
    ['a.#.d', 'a.b.c', false],
    ['#.a.*.#', 'x.a.y', true],
    ['#.a.*.#', 'x.y.a', false],
    ['', '', true],
  ])('%j fits %j: %s', (pattern, key, fits) => {
    expect(topicMatcher(pattern)(key)).toBe(fits);
  });

  it('mean the same as their definition, for all short patterns and keys', () => {
    const lists = (letters: readonly string[], length: number): string[][] =>
      length === 0 ? [[]] : lists(letters, length - 1).flatMap((list) => letters.map((letter) => [...list, letter]));
    const keys = [1, 2, 3, 4].flatMap((length) => lists(['a', 'b'], length));
    for (const pattern of [1, 2, 3, 4].flatMap((length) => lists(['a', 'b', '*', '#'], length))) {
      const fits = topicMatcher(pattern.join('.'));
      for (const key of keys) expect(fits(key.join('.')), `${pattern} and ${key}`).toBe(means(pattern, key));
    }
  });
});
