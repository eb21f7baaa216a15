// Prints the references of the lab's images for the present sources, as JSON. Needs no Docker.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import './fresh-bundles.mjs';

process.env.APIM_LAB_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
await import('../dist/images.mjs');
