import { describe, expect, it } from 'vitest';
import { singleParameters } from '../../../../compose/wso2am/server/keymanager/form.ts';

const parse = (text: string) => Object.fromEntries(singleParameters(new URLSearchParams(text)));

describe('the parameters of a request', () => {
  it('are decoded, and those without a value left out', () => {
    expect(parse('a=1&b=&c=%20x+y&d')).toEqual({ a: '1', c: ' x y' });
  });

  it.each(['a=1&a=2', 'a=1&a=1', 'a=&a='])('may not be given twice: %s', (text) => {
    expect(() => parse(text)).toThrow('Invalid request with repeated parameters.');
  });

  it('may have the names of what every object has', () => {
    expect(singleParameters(new URLSearchParams('__proto__=x&constructor=y')).get('__proto__')).toBe('x');
    expect(singleParameters(new URLSearchParams('')).get('constructor')).toBeUndefined();
  });
});
