import { parse as parseWithIarna } from '@iarna/toml';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { TomlTable } from '../../../../lab/render/toml/document.ts';
import { emitToml } from '../../../../lab/render/toml/emit.ts';

const emit = (root: TomlTable): string => emitToml({ root, header: [], comments: {} });

describe('the TOML emitter', () => {
  it('writes sections with comments in the order of the document, own keys before sub-tables', () => {
    const text = emitToml({
      header: ['km-1', '', 'Do not edit.'],
      comments: { server: 'Who this node is', 'apim.url_group': 'One per Traffic Manager', 'apim.cors': 'CORS' },
      root: {
        server: { hostname: 'km', offset: 0 },
        apim: {
          url_group: [{ urls: ['tcp://a:9611'] }, { urls: ['tcp://b:9611'], type: 'failover' }],
          cors: { sub: { deep: true }, allow: false },
        },
      },
    });
    expect(text).toBe(`# km-1
#
# Do not edit.

# Who this node is
[server]
hostname = "km"
offset = 0

# One per Traffic Manager
[[apim.url_group]]
urls = ["tcp://a:9611"]

[[apim.url_group]]
urls = ["tcp://b:9611"]
type = "failover"

# CORS
[apim.cors]
allow = false

[apim.cors.sub]
deep = true
`);
  });

  it('writes ports without underscores', () => {
    expect(emit({ port: 9443, large: 1_000_000 })).toBe('port = 9443\nlarge = 1000000\n');
  });

  it('quotes only the keys that need it', () => {
    expect(emit({ 'header.X-KEY': 'v', bare_key: 1, '': 2, ключ: 3 })).toBe(
      '"header.X-KEY" = "v"\nbare_key = 1\n"" = 2\n"ключ" = 3\n',
    );
  });

  it.each<[string, TomlTable]>([
    ['quotes, backslashes and line ends', { a: 'C:\\x "y"\r\n\t', b: "it's" }],
    ['every control character', { a: Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('') }],
    ['text beyond ASCII', { a: 'Zażółć 網関 🚪' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the product's placeholder
    ['placeholders', { a: '$ref{super_admin.username}', b: '${admin.username}', c: '&amp;' }],
    ['numbers', { a: 0, b: -7, c: 1.5, d: 1e-11, e: 1e300, f: Number.POSITIVE_INFINITY, g: -0 }],
    ['whole numbers beside fractions', { a: [1, 2.5] }],
    ['lists of lists and empty ones', { a: [], b: [[1], []], c: [{ x: 1 }, { y: [{ z: 'deep' }] }] }],
    ['empty tables', { a: {}, b: { c: {} }, d: [{}, { e: 1 }] }],
    ['tables in arrays of tables', { a: [{ p: { q: { r: 1 } } }, { p: { q: { r: 2 } }, s: [{ t: 1 }] }] }],
    ['dates', { a: new Date('2020-08-21T10:00:00.123Z') }],
  ])('writes %s so that two parsers read the same back', (_what, root) => {
    const text = emit(root);
    expect(parseWithIarna(text)).toEqual(root);
    expect(asPlain(parse(text))).toEqual(asPlain(root));
  });

  it('keeps whole numbers beyond 2^53 exactly', () => {
    const text = emit({ a: 9_007_199_254_740_993n });
    expect(text).toBe('a = 9007199254740993\n');
    expect(parse(text, { integersAsBigInt: true })).toEqual({ a: 9_007_199_254_740_993n });
  });

  it('refuses a list of several types', () => {
    expect(() => emit({ a: [1, 'two'] })).toThrow(/integer and string/);
  });

  it('throws instead of handing out text that reads back otherwise', () => {
    // Half of a surrogate pair: UTF-8 has no bytes for it.
    expect(() => emit({ a: 'lone \ud800' })).toThrow(/does not read back/);
  });
});

/** smol-toml's tables have no prototype and its dates are of its own class. */
const asPlain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asPlain(each)]));
};
