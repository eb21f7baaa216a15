import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

const { packages } = lockSchema.parse(
  JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')),
);

/** Needs a compiler and is done without, by every package that names it. */
const DONE_WITHOUT = ['cpu-features', 'nan', 'fsevents'];

describe('the lockfile', () => {
  it('names no registry host', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('holds the packages of every platform, or npm ci refuses it: see scripts/complete-lockfile.mjs', () => {
    const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    const missing = wanted.filter(
      ({ path, name }) =>
        !(`node_modules/${name}` in packages) &&
        !(`${path}/node_modules/${name}` in packages) &&
        !DONE_WITHOUT.includes(name),
    );
    expect(missing).toEqual([]);
  });
});
