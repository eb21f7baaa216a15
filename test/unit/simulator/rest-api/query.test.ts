import { describe, expect, it } from 'vitest';
import { parseQuery, satisfies } from '../../../../compose/wso2am/server/rest-api/query.ts';

const pizza = { name: ['PizzaShack'], version: ['1.0.0'], tags: ['food', 'italian'] };
const matches = (query: string): boolean => satisfies(pizza, parseQuery(query));

describe('a query', () => {
  it.each([
    '',
    '   ',
    'pizza',
    'SHACK',
    'name:shack',
    'name:"pizzashack"',
    'tags:food',
    'tags:ital name:pizza',
    'name:p*z*k',
    'NAME:pizza',
    '*',
  ])('finds with %j', (query) => expect(matches(query)).toBe(true));

  it.each([
    'burger',
    'name:"pizza"',
    'version:2',
    'tags:food name:burger',
    'owner:me',
    '__proto__:x',
    'constructor:x',
    'name:k*p',
  ])('finds nothing with %j', (query) => expect(matches(query)).toBe(false));

  it('takes an empty exact value for one that nothing has', () => {
    expect(matches('name:""')).toBe(false);
  });

  it('takes a regular expression for plain text', () => {
    expect(satisfies({ name: ['a.b(c'] }, parseQuery('a.b(c'))).toBe(true);
    expect(satisfies({ name: ['axb'] }, parseQuery('a.b'))).toBe(false);
  });
});
