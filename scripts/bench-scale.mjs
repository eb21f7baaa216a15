#!/usr/bin/env node
// Measures what a lab costs as it grows: everything in pairs, then one Key Manager, Traffic Manager, Publisher and Portal with
// 1 to 32 gateways, each against what Docker Compose does with the same project in the same run. Asserts nothing.
// Usage: node scripts/bench-scale.mjs [--runs N] [--gateways 1,2,4]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { criticalPath, inMb, measuredLab, memoryByContainer, root, sum } from './measured-lab.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, gateways: { type: 'string', default: '1,2,4,8,16,32' } },
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

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Compose gives up on a node that is not healthy in time, which is a finding as well: NaN. */
const composeUp = (lab) => {
  try {
    return lab.compose('up', '--detach', '--wait');
  } catch (error) {
    console.error(`docker compose: ${String(error.stderr).trim().split('\n').at(-1)}`);
    return Number.NaN;
  }
};

/** Medians of the runs; times in milliseconds, memory in bytes. */
const measure = (name, topology) => {
  const lab = measuredLab(name, topology);
  try {
    const runs = Array.from({ length: RUNS }, () => {
      // Keys are issued once in the life of a lab, and are no part of a start.
      lab.run('render');
      const up = lab.run('up', '--no-probes', '--json');
      const memory = sum(memoryByContainer(up.stdout).map(({ bytes }) => bytes));
      const down = lab.run('down').ms;
      lab.run('render');
      const compose = composeUp(lab);
      lab.run('down');
      return { up: up.ms, memory, down, compose, ...criticalPath(up.stderr) };
    });
    const of = (what) => median(runs.map((run) => run[what]));
    return { up: of('up'), memory: of('memory'), down: of('down'), compose: of('compose'), path: runs[0].path };
  } finally {
    lab.dispose();
  }
};

const show = (what, { up, compose, down, memory }) =>
  console.log(
    [
      what.padEnd(12),
      `up ${Math.round(up)} ms`.padEnd(14),
      `compose ${Math.round(compose)} ms`.padEnd(19),
      `ratio ${(up / compose).toFixed(2)}`,
      `down ${Math.round(down)} ms`.padEnd(14),
      `memory ${inMb(memory)} MB`,
    ].join('  '),
  );

/** What one more gateway costs: the slope of the least squares line. */
const slope = (points) => {
  const mean = (at) => sum(points.map((point) => point[at])) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return sum(points.map((point) => (point[0] - x) * (point[1] - y))) / sum(points.map((point) => (point[0] - x) ** 2));
};

const pairs = measure('bench-pairs', readFileSync(join(root, 'fixtures/topologies/pairs.yaml'), 'utf8'));
show('pairs', pairs);
console.log(`  critical path ${pairs.path.join(' -> ')}; goal for memory < 1024 MB\n`);

const grown = [];
for (const count of SIZES) {
  const measured = measure('bench-scale', withGateways(count));
  grown.push([count, measured]);
  show(`${count} gateways`, measured);
}
const per = (what) => slope(grown.map(([count, measured]) => [count, measured[what]]));
console.log(
  `\nper gateway: up ${Math.round(per('up'))} ms, compose ${Math.round(per('compose'))} ms, ` +
    `down ${Math.round(per('down'))} ms, memory ${inMb(per('memory'))} MB`,
);
