import { describe, expect, it } from 'vitest';
import { compileUriTemplate, compileUrlMapping } from '../../../../compose/wso2am/server/synapse/uri-template.ts';

describe('a uri-template', () => {
  it.each([
    ['/menu', '/menu', '', true],
    ['/menu', '/menu/', '', false],
    ['/menu', '/menus', '', false],
    ['/menu', '/menu', 'size=2', true],
    ['/order/{id}', '/order/7', '', true],
    ['/order/{id}', '/order/7/items', '', false],
    ['/order/{id}', '/order/', '', false],
    ['/order/{id}/items', '/order/a%2Fb/items', '', true],
    ['/files/{+path}', '/files/a/b', '', true],
    ['/*', '/', '', true],
    ['/*', '/a/b', '', true],
    ['/menu/*', '/menu/a', '', true],
    ['/menu/*', '/menu', '', false],
    ['/find?q={text}', '/find', 'q=pizza', true],
    ['/find?q={text}', '/find', '', false],
    ['/v1.0/(a+b)', '/v1.0/(a+b)', '', true],
    ['/v1.0', '/v1x0', '', false],
  ])('%s and %s?%s: %s', (template, path, query, expected) => {
    expect(compileUriTemplate(template)(path, query)).toBe(expected);
  });
});

describe('a url-mapping', () => {
  it.each([
    ['/*', '/anything', true],
    ['/menu', '/menu', true],
    ['/menu', '/menu/a', false],
    ['/menu/*', '/menu', true],
    ['/menu/*', '/menus', false],
    ['*.json', '/a/b.json', true],
    ['*.json', '/a/b.xml', false],
  ])('%s and %s: %s', (mapping, path, expected) => {
    expect(compileUrlMapping(mapping)(path, '')).toBe(expected);
  });
});
