#!/usr/bin/env node
// Measures the lab against what Docker Compose does with the same project in the same run. Prints minimum, median and
// maximum, and ratios pair by pair; asserts nothing. Usage: npm run bench -- [--runs N] [--topology FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { criticalPath, inMb, measuredLab, memoryByContainer, root, spread, sum } from './measured-lab.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    topology: { type: 'string', default: join(root, 'fixtures/topologies/five-node.yaml') },
  },
});
const RUNS = Number(values.runs);
const { home, run: lab, composeUp, dispose } = measuredLab('bench', readFileSync(values.topology, 'utf8'));

const row = (what, numbers, unit = 'ms') =>
  console.log(`${what.padEnd(58)} ${spread(numbers, unit === 'ms' ? 0 : 2)} ${unit}`);

try {
  await lab('render');
  const [ups, downs, bare, ratios, shares, seconds] = [[], [], [], [], [], []];
  let path = [];
  // Alternating, so that a machine whose speed drifts does so for both.
  for (let run = 0; run <= RUNS; run += 1) {
    await lab('render');
    const up = await lab('up', '--no-probes', '--json');
    const second = (await lab('up', '--no-probes', '--json')).ms;
    const critical = criticalPath(up.stderr);
    const down = (await lab('down')).ms;
    const plain = await composeUp();
    await lab('down');
    if (run === 0) continue; // warm-up
    ups.push(up.ms);
    seconds.push(second);
    downs.push(down);
    bare.push(plain);
    ratios.push(up.ms / plain);
    shares.push(critical.share);
    path = critical.path;
  }
  console.log(`${RUNS} runs after a warm-up; minimum / median / maximum\n`);
  row('up, probes excluded', ups);
  row('docker compose up --detach --wait of the same project', bare);
  row('  ratio up / compose (goal <= 1.05)', ratios, '');
  row(`  critical path / wall (goal >= 0.9): ${path.join(' -> ')}`, shares, '');
  row('up again, nothing changed (goal < 1000)', seconds);
  row('down (about 2000)', downs);
  const helps = [];
  for (let run = 0; run < RUNS; run += 1) helps.push((await lab('--help')).ms);
  row('the command line itself: --help', helps);

  const memory = memoryByContainer((await lab('up', '--no-probes', '--json')).stdout);
  for (const { name, bytes } of memory) console.log(`memory ${name.padEnd(51)} ${inMb(bytes)} MB`);
  const total = inMb(sum(memory.map(({ bytes }) => bytes)));
  console.log(`memory of the lab (goal < 500) ${String(total).padStart(31)} MB`);
  await lab('down');

  const twelve = join(home, 'twelve.yaml');
  const roles = { 'key-manager': 2, 'traffic-manager': 2, publisher: 2, 'developer-portal': 2, gateway: 4 };
  const nodes = Object.entries(roles).map(([role, replicas]) => `  - { role: ${role}, replicas: ${replicas} }`);
  writeFileSync(twelve, `lab: twelve\nnodes:\n${nodes.join('\n')}\n`);
  const out = join(home, 'twelve');
  const withKeys = (await lab('render', '--topology', twelve, '--out', out)).ms;
  const renders = [];
  for (let run = 0; run < RUNS; run += 1) {
    renders.push((await lab('render', '--topology', twelve, '--out', out)).ms);
  }
  row('render of 12 nodes, keys present, whole process (goal < 300)', renders);
  row('render of 12 nodes with key generation', [withKeys]);
} finally {
  dispose();
}
