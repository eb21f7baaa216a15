import { describe, expect, it } from 'vitest';
import { mergeTables } from '../../../../lab/render/toml/merge.ts';

describe('merging TOML tables', () => {
  it('goes into tables and replaces everything else', () => {
    const base = { t: { a: 1, l: [1, 2], g: [{ x: 1 }, { x: 2 }] }, kept: true };
    const over = { t: { a: 2, l: [3], g: [{ y: 1 }] }, added: 'z' };
    expect(mergeTables(base, over)).toEqual({ t: { a: 2, l: [3], g: [{ y: 1 }] }, kept: true, added: 'z' });
  });

  it('lets a scalar take the place of a table and the other way round', () => {
    expect(mergeTables({ a: { b: 1 }, c: 1 }, { a: 1, c: { d: 2 } })).toEqual({ a: 1, c: { d: 2 } });
  });

  it('keeps keys where they first stood', () => {
    expect(Object.keys(mergeTables({ a: 1, b: 1 }, { c: 1, a: 2 }))).toEqual(['a', 'b', 'c']);
  });

  it("takes keys that JavaScript's own objects have for ordinary ones", () => {
    expect(mergeTables({}, { toString: { a: 1 } })).toEqual({ toString: { a: 1 } });
  });
});
