#!/usr/bin/env node
// Measures what a lab costs as it grows: everything in pairs, then one Key Manager, Traffic Manager, Publisher and Portal with
// 1 to 32 gateways, each against what Docker Compose does with the same project in the same run. Asserts nothing.
// Usage: node scripts/bench-scale.mjs [--runs N] [--gateways 1,2,4]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { criticalPath, inMb, measuredLab, memoryByContainer, root, spread, sum } from './measured-lab.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, gateways: { type: 'string', default: '1,2,4,8,16,32' } },
});
const RUNS = Number(values.runs);
const SIZES = values.gateways.split(',').map(Number);

const ONES = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal'];
const withGateways = (count) =>
  [
    'lab: scale',
    'nodes:',
    ...ONES.map((role) => `  - role: ${role}`),
    `  - { role: gateway, replicas: ${count} }`,
  ].join('\n');

/** Compose gives up on a node that is not healthy in time, which is a finding as well: NaN. */
const composeUp = async (lab) => {
  try {
    return await lab.composeUp();
  } catch (error) {
    console.error(`docker compose: ${error.message.trim().split('\n').at(-1)}`);
    return Number.NaN;
  }
};

/** What each run took: times in milliseconds, memory in bytes. */
const measure = async (name, topology) => {
  const lab = measuredLab(name, topology);
  const runs = [];
  try {
    for (let run = 0; run < RUNS; run += 1) {
      // Keys are issued once in the life of a lab, and are no part of a start.
      await lab.run('render');
      const up = await lab.run('up', '--no-probes', '--json');
      const containers = memoryByContainer(up.stdout);
      const down = (await lab.run('down')).ms;
      const compose = await composeUp(lab);
      await lab.run('down');
      const memory = sum(containers.map(({ bytes }) => bytes));
      runs.push({ up: up.ms, containers, memory, down, compose, ratio: up.ms / compose, ...criticalPath(up.stderr) });
    }
    return runs;
  } finally {
    lab.dispose();
  }
};

const show = (what, runs) => {
  const of = (key, digits) =>
    spread(
      runs.map((run) => run[key]),
      digits,
    );
  console.log(what);
  console.log(`  up ${of('up')} ms   compose ${of('compose')} ms   ratio ${of('ratio', 2)}   down ${of('down')} ms`);
  console.log(`  memory ${spread(runs.map(({ memory }) => inMb(memory)))} MB`);
};

/** What one more gateway costs: the slope of the least squares line. */
const slope = (points) => {
  const mean = (at) => sum(points.map((point) => point[at])) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return sum(points.map((point) => (point[0] - x) * (point[1] - y))) / sum(points.map((point) => (point[0] - x) ** 2));
};

console.log(`${RUNS} runs; minimum / median / maximum\n`);
const pairs = await measure('bench-pairs', readFileSync(join(root, 'fixtures/topologies/pairs.yaml'), 'utf8'));
show('everything in pairs (goal for memory < 1024 MB)', pairs);
console.log(`  critical path ${pairs[0].path.join(' -> ')}, ${pairs[0].share.toFixed(2)} of the wall time`);
console.log(`  ${pairs[0].containers.map(({ name, bytes }) => `${name} ${inMb(bytes)} MB`).join(', ')}\n`);

const grown = [];
for (const count of SIZES) {
  const runs = await measure('bench-scale', withGateways(count));
  grown.push([count, runs]);
  show(`${count} gateways`, runs);
}
const per = (what) =>
  slope(
    grown.flatMap(([count, runs]) => runs.map((run) => [count, run[what]])).filter(([, value]) => !Number.isNaN(value)),
  );
console.log(
  `\nper gateway: up ${Math.round(per('up'))} ms, compose ${Math.round(per('compose'))} ms, ` +
    `down ${Math.round(per('down'))} ms, memory ${inMb(per('memory'))} MB`,
);
