import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownKeys } from '../../../lab/topology/known-keys.ts';
import { problemsOf } from './problems-of.ts';

const page = readFileSync(new URL('../../../docs/topology.md', import.meta.url), 'utf8');

/** The rows of the page's tables: key, type and default. */
const rows = [...page.matchAll(/^\| `([\w.[\]-]+)` \| ([^|]*) \| ([^|]*)\|/gm)].map(
  ([, key = '', type = '', preset = '']) => ({
    key,
    type: type.trim(),
    preset: preset.trim(),
  }),
);

const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

describe('docs/topology.md', () => {
  it('has one row for every key of the schema and no other', () => {
    expect(rows.map(({ key }) => key).toSorted()).toEqual([...knownKeys().keys()].toSorted());
  });

  it('names the default of every key that has one', () => {
    const scalars = [...knownKeys()].filter(([, schema]) =>
      ['string', 'number', 'boolean'].includes(typeof schema.default),
    );
    expect(scalars.length).toBeGreaterThan(10);
    for (const [key, schema] of scalars) {
      expect(rows.find((row) => row.key === key)?.preset, key).toBe(`\`${schema.default}\``);
    }
  });

  it('names every value of a choice and the bounds of a number', () => {
    for (const { key, type } of rows) {
      const schema = knownKeys().get(key);
      if (schema?.enum) expect(type, key).toBe(schema.enum.map((value) => `\`${value}\``).join(', '));
      if (schema?.type === 'integer' && type !== 'port')
        expect(type, key).toBe(`${schema.minimum} to ${schema.maximum}`);
    }
  });

  it('calls exactly the keys required that have no default', () => {
    const required = rows.filter(({ preset }) => preset === 'required').map(({ key }) => key);
    expect(required).toEqual(['lab', 'nodes', 'nodes[].role', 'environments[].name']);
    expect(problemsOf('{}').map(({ sentence }) => sentence)).toEqual(['"lab" is missing', '"nodes" is missing']);
  });

  it.each(examples.map((text) => [text.match(/^lab: (.*)$/m)?.[1], text]))(
    'shows a lab "%s" that is right',
    (_, text = '') => {
      expect(problemsOf(text)).toEqual([]);
    },
  );
});
