// Imported for its effect: builds the bundles when a source is newer than one of them. Looking takes milliseconds.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUNDLES } from './bundles.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// Directories count as well: their time tells of files that went.
const sources = ['lab', 'compose/wso2am/server', 'compose/backend/server'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path)),
);
const newest = Math.max(...[...sources, 'package-lock.json', 'scripts/bundles.mjs'].map(timeOf));
const oldest = Math.min(...BUNDLES.map(({ outfile }) => timeOf(outfile)));

// A published package holds the bundles, and none of what they are built with.
if (newest > oldest && existsSync(join(root, 'node_modules/esbuild'))) await import('./build.mjs');
