import { describe, expect, it } from 'vitest';
import {
  childNames,
  childOf,
  MalformedXml,
  parseXml,
} from '../../../../../compose/wso2am/server/carbon/soap/parse-xml.ts';

describe('XML of a stranger', () => {
  it('is read by local names, texts untouched', () => {
    const parsed = parseXml('<a:x xmlns:a="urn:a"><b>0012</b><b2> &lt;&#65;&amp; </b2><c/></a:x>');

    expect(parsed).toEqual({ x: { b: '0012', b2: ' <A& ', c: '' } });
  });

  it('may hold many references, as an API definition in a call does', () => {
    expect(parseXml(`<a>${'&lt;'.repeat(50_000)}</a>`)).toEqual({ a: '<'.repeat(50_000) });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['crossed tags', '<a><b></a></b>'],
    ['no XML', 'hello'],
    ['nothing', ''],
    ['deep nesting', '<a>'.repeat(10_000) + '</a>'.repeat(10_000)],
    ['a name that is reserved', '<a><__proto__>x</__proto__></a>'],
  ])('is refused with %s', (_case, text) => {
    expect(() => parseXml(text)).toThrow(MalformedXml);
  });

  it('gives children only where there is one of the name', () => {
    const parsed = childOf(parseXml('<a>\n<b>1</b><c>2</c><c>3</c></a>'), 'a');

    expect(childNames(parsed)).toEqual(['b', 'c']);
    expect(childOf(parsed, 'b')).toBe('1');
    expect(childOf(parsed, 'c')).toBeUndefined();
    expect(childOf(parsed, 'toString')).toBeUndefined();
    expect(childOf('text', 'b')).toBeUndefined();
  });
});
