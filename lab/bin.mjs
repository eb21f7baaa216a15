#!/usr/bin/env node
// Starts the command line from its bundle, made anew in a checkout whose sources are newer.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '../scripts/fresh-bundles.mjs';

process.env.APIM_LAB_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
await import('../dist/cli.mjs');
