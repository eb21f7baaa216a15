// What the benches of running labs share: a lab of their own, the probes' journeys, and rows of figures.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { measuredLab, root } from './measured-lab.mjs';

export { root };

/** A lab with a directory of its own, not started yet. `dispose` removes it, whatever state it is in. */
export const benchLab = (name, { version, nodes, beforeRemoval }) => {
  const topology = `lab: ${name}\nversion: ${version}\nnodes:\n${nodes.join('\n')}\n`;
  const { home, run, dispose } = measuredLab(name, topology, beforeRemoval);
  const status = async () => JSON.parse((await run('status', '--json')).stdout);
  return {
    name,
    home,
    /** Starts it. Yields its status. */
    up: async () => JSON.parse((await run('up', '--no-probes', '--json')).stdout),
    /** Megabytes that a node's container takes. */
    memoryOf: async (node) => {
      const { nodes } = await status();
      return Math.round(nodes.find((each) => each.name === node).memoryBytes / 1024 / 1024);
    },
    dispose,
  };
};

/** Bundles a source text; it names the project's own modules relative to a folder of the repository. */
export const bundleSources = async (source, folder, outfile) => {
  const stdin = { contents: source, resolveDir: join(root, folder), loader: 'ts' };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
};

/** What a source text exports. */
export const loadSources = async (source, folder) => {
  const directory = mkdtempSync(join(tmpdir(), 'apim-lab-bench-'));
  try {
    const outfile = join(directory, 'sources.cjs');
    await bundleSources(source, folder, outfile);
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(directory, { recursive: true });
  }
};

/** Microseconds of processor that a container's processes have used: user and system time, in ticks of 10 ms (proc(5)). */
export const processorOf = (container) => {
  const command = ['exec', '--user', 'root', container, 'sh', '-c', 'cat /proc/[0-9]*/stat'];
  const processes = execFileSync('docker', command, { encoding: 'utf8' }).trim().split('\n');
  const ticks = processes.map((line) => line.split(') ')[1].split(' ')).map((fields) => +fields[11] + +fields[12]);
  return ticks.reduce((sum, each) => sum + each, 0) * 10_000;
};

const JOURNEY = `
export { basic, httpClient } from './http-client.ts';
export { askToken, revoke, tokenOf } from './oauth2-client.ts';
export { openSession } from './journey/open-session.ts';
export { publishApi } from './journey/publish-api.ts';
export { applicationToken, createApplication, subscribe } from './journey/subscribe.ts';
export { addUser, changePassword, deleteUser } from './journey/users.ts';
export { untilCalled } from './journey/await-gateways.ts';
`;

/** The steps of the probes' journeys, and a session of the lab's administrator with its client. */
export const openJourney = async (status) => {
  const journey = await loadSources(JOURNEY, 'lab/probes');
  const http = journey.httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000);
  return { ...journey, http, session: await journey.openSession({ status, http }) };
};

const at = (sorted, share) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
const shown = (numbers, shares, digits) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return shares.map((share) => at(sorted, share)?.toFixed(digits) ?? '-').join(' / ');
};

export const median = (numbers) =>
  at(
    numbers.toSorted((a, b) => a - b),
    0.5,
  );

/** Prints whether a goal was met. */
export const verdict = (met, text) => console.log(`${met ? 'met   ' : 'MISSED'}  ${text}`);

/** Prints minimum, median and maximum. */
export const row = (what, numbers, digits = 0) =>
  console.log(`${what.padEnd(64)} ${shown(numbers, [0, 0.5, 1], digits)}`);

/** Prints the median, the 99th percentile and the maximum. */
export const percentiles = (what, numbers, digits = 1) =>
  console.log(`${what.padEnd(64)} ${shown(numbers, [0.5, 0.99, 1], digits)}  (${numbers.length})`);
