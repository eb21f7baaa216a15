// What `import` of this package yields: its bundle, made anew in a checkout whose sources are newer.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '../scripts/fresh-bundles.mjs';

process.env.APIM_LAB_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const { startLab, attachLab, LabError } = await import('../dist/suite.mjs');
