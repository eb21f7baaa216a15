#!/usr/bin/env node
// Starts the command line from its bundle, made anew in a checkout whose sources are newer.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '../scripts/fresh-bundles.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (existsSync(join(root, 'dist/cli.mjs'))) {
  process.env.APIM_LAB_ROOT = root;
  await import('../dist/cli.mjs');
} else {
  console.error(`the npm packages of this checkout are missing\n  run ${join(root, 'scripts/bootstrap')}`);
  // "The machine lacks something" (lab/errors/codes.ts).
  process.exitCode = 4;
}
