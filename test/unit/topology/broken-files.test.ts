import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { problemsOf } from './problems-of.ts';

const DIRECTORY = new URL('../../../fixtures/broken/', import.meta.url);
const EXPECTED = '.expected.yaml';

/** What has to be said of a broken file, and nothing else; `where` is line and column. */
const expectations = z.array(
  z.strictObject({ code: z.string(), where: z.string(), sentence: z.string(), hint: z.string().optional() }),
);

const files = readdirSync(DIRECTORY).filter((file) => !file.endsWith(EXPECTED));
const read = (file: string): string => readFileSync(new URL(file, DIRECTORY), 'utf8');

describe('a broken topology file', () => {
  it.each(files)('%s is answered with all of its problems, each at its place', (file) => {
    const expected = expectations.parse(parse(read(file.replace('.yaml', EXPECTED))));
    expect(expected.length).toBeGreaterThan(0);
    expect(problemsOf(read(file), file)).toEqual(
      expected.map(({ where, sentence, hint, ...rest }) =>
        expect.objectContaining({
          ...rest,
          where: `${file}:${where}`,
          sentence: expect.stringContaining(sentence),
          ...(hint !== undefined && { hint }),
        }),
      ),
    );
  });
});
