#!/usr/bin/env node
// Starts the command line from its bundle. In a checkout the bundle follows the sources: it is made anew when one of
// them is newer, which takes a tenth of a second.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'dist/cli.mjs');

const newest = (directory) =>
  Math.max(
    ...readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

const isStale = () => {
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return newest(join(root, 'lab')) > built || newest(join(root, 'compose')) > built;
};

// A published package ships the bundle and none of the build's tools.
if (existsSync(join(root, 'node_modules/esbuild')) && isStale())
  await import(pathToFileURL(join(root, 'scripts/build.mjs')));

process.env.APIM_LAB_ROOT = root;
await import(pathToFileURL(bundle));
