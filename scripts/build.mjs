// Builds the bundles, in a few tenths of a second. esbuild says what is wrong with the sources.
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLES } from './bundles.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const bundle = ({ entry, outfile, options }) =>
  build({
    absWorkingDir: root,
    entryPoints: { [basename(outfile, extname(outfile))]: entry },
    outdir: dirname(outfile),
    outExtension: { '.js': extname(outfile) },
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    ...options,
  });

const results = await Promise.allSettled(BUNDLES.filter(({ entry }) => existsSync(join(root, entry))).map(bundle));
if (results.some(({ status }) => status === 'rejected')) process.exit(1);
