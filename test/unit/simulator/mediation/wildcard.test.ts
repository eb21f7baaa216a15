import { describe, expect, it } from 'vitest';
import { fitsWildcard } from '../../../../compose/wso2am/server/mediation/wildcard.ts';

describe('a pattern with wildcards', () => {
  it.each([
    ['*', '', true],
    ['a', 'a', true],
    ['a', 'ab', false],
    ['a*', 'ab', true],
    ['*b', 'ab', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'a1c2b', false],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
  ])('%s and the text %s: %s', (pattern, text, expected) => {
    expect(fitsWildcard(pattern, text)).toBe(expected);
  });

  it('is not slow for any text', () => {
    expect(fitsWildcard(`${'*a'.repeat(1_000)}b`, 'a'.repeat(100_000))).toBe(false);
  });
});
