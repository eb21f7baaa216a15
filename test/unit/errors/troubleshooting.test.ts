import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../lab/errors/codes.ts';

const page = readFileSync(new URL('../../../docs/troubleshooting.md', import.meta.url), 'utf8');
const documented = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);

describe('docs/troubleshooting.md', () => {
  it('has one entry for every error code and no other', () => {
    expect(documented.toSorted()).toEqual(Object.keys(ERRORS).toSorted());
  });

  it('names the exit code of each', () => {
    for (const [code, { exit }] of Object.entries(ERRORS)) {
      const entry = page.split(`### ${code}\n`)[1]?.split('\n### ')[0] ?? '';
      expect(entry, code).toContain(`Exit code ${exit}.`);
    }
  });
});
