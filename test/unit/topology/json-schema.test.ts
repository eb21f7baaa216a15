import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { topologyJsonSchema } from '../../../lab/topology/json-schema.ts';
import { knownKeys } from '../../../lab/topology/known-keys.ts';
import { topologySchema } from '../../../lab/topology/schema.ts';

const ROOT = new URL('../../../', import.meta.url);
const SCHEMA_FILE = new URL('lab/topology/topology.schema.json', ROOT);

const yamlFiles = (directory: string) =>
  readdirSync(new URL(directory, ROOT))
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.expected.yaml'))
    .map((file) => `${directory}${file}`);

const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

const accepts = new Ajv({ strict: true }).compile(topologyJsonSchema());

describe('the JSON Schema for editors', () => {
  // To write it anew: npx vitest run test/unit/topology/json-schema.test.ts --update
  it('is the one that the schema of the loader gives', async () => {
    await expect(`${JSON.stringify(topologyJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(SCHEMA_FILE.pathname);
  });

  it('explains every key', () => {
    for (const [key, { description }] of knownKeys()) expect(description, key).toMatch(/\w/);
  });

  it.each(yamlFiles('fixtures/topologies/'))('accepts %s, which names it for editors', (file) => {
    expect(accepts(parse(read(file))), JSON.stringify(accepts.errors)).toBe(true);
    expect(read(file).split('\n')[0]).toBe('# yaml-language-server: $schema=../../lab/topology/topology.schema.json');
  });

  it('agrees with the loader on every broken file that is YAML', () => {
    const verdicts = yamlFiles('fixtures/broken/').flatMap((file) => {
      const value = readYaml(read(file));
      return value === undefined
        ? []
        : [{ file, editor: accepts(value), loader: topologySchema.safeParse(value).success }];
    });
    expect(verdicts.filter(({ editor }) => !editor).length).toBeGreaterThan(5);
    expect(verdicts.filter(({ editor, loader }) => editor !== loader)).toEqual([]);
  });
});

const readYaml = (text: string): unknown => {
  try {
    return parse(text, { merge: true, logLevel: 'error' });
  } catch {
    return undefined;
  }
};
