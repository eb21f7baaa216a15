#!/usr/bin/env node
// Measures the lab against what Docker Compose does with the same project in the same run. Prints minimum, median and
// maximum, and ratios pair by pair; asserts nothing. Usage: npm run bench -- [--runs N] [--topology FILE]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    topology: { type: 'string', default: join(root, 'fixtures/topologies/five-node.yaml') },
  },
});
const RUNS = Number(values.runs);
const LAB = 'bench';

const home = mkdtempSync(join(tmpdir(), 'apim-lab-bench-'));
const topology = join(home, 'topology.yaml');
writeFileSync(topology, readFileSync(values.topology, 'utf8').replace(/^lab:.*$/m, `lab: ${LAB}`));
const environment = { ...process.env, APIM_LAB_HOME: join(home, 'labs'), APIM_LAB_TOPOLOGY: topology };

const lab = (...args) => {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'lab/bin.mjs'), ...args], {
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`apim-lab ${args.join(' ')} ended with ${status}\n${stderr}`);
  return { ms: performance.now() - began, stdout, stderr };
};

const compose = (...args) => {
  const began = performance.now();
  execFileSync('docker', ['compose', '--project-name', `apim-${LAB}`, ...args], {
    cwd: join(environment.APIM_LAB_HOME, LAB),
    stdio: 'ignore',
  });
  return performance.now() - began;
};

const spread = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const show = (number) => (number >= 100 ? Math.round(number) : Number(number.toFixed(2)));
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map(show).join(' / ');
};

const row = (what, numbers, unit = 'ms') => console.log(`${what.padEnd(58)} ${spread(numbers)} ${unit}`);

// The chain of starts that decided the wall time, walked backwards from the node that was healthy last.
const criticalPath = (stderr) => {
  const events = stderr
    .split('\n')
    .filter((line) => line.startsWith('{"kind":"node"'))
    .map((line) => JSON.parse(line));
  const at = (state) => new Map(events.filter((event) => event.state === state).map((event) => [event.node, event.at]));
  const [started, healthy] = [at('starting'), at('healthy')];
  const waits = new Map(events.filter(({ waitsFor }) => waitsFor).map(({ node, waitsFor }) => [node, waitsFor]));
  const last = (nodes) => nodes.reduce((a, b) => (healthy.get(a) >= healthy.get(b) ? a : b));
  let node = last([...healthy.keys()]);
  const wall = healthy.get(node) - Math.min(...started.values());
  const path = [];
  for (let length = 0; ; ) {
    path.unshift(node);
    length += healthy.get(node) - started.get(node);
    const before = waits.get(node);
    if (!before) return { share: length / wall, path };
    node = last(before);
  }
};

try {
  lab('render');
  const [ups, downs, bare, ratios, shares, seconds] = [[], [], [], [], [], []];
  let path = [];
  // Alternating, so that a machine whose speed drifts does so for both.
  for (let run = 0; run <= RUNS; run += 1) {
    lab('render');
    const up = lab('up', '--no-probes', '--json');
    const second = lab('up', '--no-probes', '--json').ms;
    const critical = criticalPath(up.stderr);
    const down = lab('down').ms;
    lab('render');
    const plain = compose('up', '--detach', '--wait');
    lab('down');
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

  const running = JSON.parse(lab('up', '--no-probes', '--json').stdout);
  const all = [...running.nodes, ...running.parts];
  const mb = (bytes) => Math.round(bytes / 1024 / 1024);
  for (const { name, memoryBytes } of all) console.log(`memory ${name.padEnd(51)} ${mb(memoryBytes)} MB`);
  console.log(
    `memory of the lab (goal < 500) ${String(mb(all.reduce((sum, each) => sum + each.memoryBytes, 0))).padStart(31)} MB`,
  );
  lab('down');

  const twelve = join(home, 'twelve.yaml');
  const roles = { 'key-manager': 2, 'traffic-manager': 2, publisher: 2, 'developer-portal': 2, gateway: 4 };
  const nodes = Object.entries(roles).map(([role, replicas]) => `  - { role: ${role}, replicas: ${replicas} }`);
  writeFileSync(twelve, `lab: twelve\nnodes:\n${nodes.join('\n')}\n`);
  const out = join(home, 'twelve');
  const withKeys = lab('render', '--topology', twelve, '--out', out).ms;
  const renders = Array.from({ length: RUNS }, () => lab('render', '--topology', twelve, '--out', out).ms);
  row('render of 12 nodes, keys present, whole process (goal < 300)', renders);
  row('render of 12 nodes with key generation', [withKeys]);
} finally {
  lab('down', '--lab', LAB);
  rmSync(home, { recursive: true, force: true });
}
