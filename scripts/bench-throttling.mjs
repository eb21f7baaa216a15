#!/usr/bin/env node
// What one event costs the throttling engine as the number of keys grows, beside the same events with a thousand keys in
// the same round. Prints minimum, median and maximum; asserts nothing. Usage: node scripts/bench-throttling.mjs [--rounds N]
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const KEYS = [1_000, 10_000, 100_000];
const EVENTS = 100_000;

const SOURCE = `
export { createEngine } from './create-engine.ts';
export { defaultPlans } from './plans/default-plans.ts';
export { compilePlan } from './siddhi/compile-plan.ts';
export { REQUEST_ATTRIBUTES } from './streams.ts';
`;

const loadEngine = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-throttling-'));
  try {
    const outfile = join(directory, 'engine.cjs');
    const resolveDir = join(root, 'compose/wso2am/server/throttling');
    const stdin = { contents: SOURCE, resolveDir, loader: 'ts' };
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(directory, { recursive: true });
  }
};

const { createEngine, defaultPlans, compilePlan, REQUEST_ATTRIBUTES } = await loadEngine();

// Every event is made anew, as it is when it comes from the wire; the making is in the measured time.
const eventOf = (key) => ({
  ...Object.fromEntries(REQUEST_ATTRIBUTES.map((name) => [name, name.endsWith('Tenant') ? 'carbon.super' : name])),
  subscriptionKey: `${key}:/pizzashack/1.0.0:1.0.0`,
  subscriptionTier: 'Gold',
  properties: '{"ip":2130706433}',
});

// Microseconds of the processor per event in a window that already holds all keys, and milliseconds for the end of that window.
const measure = (keys) => {
  let now = 0;
  let ring = () => {};
  const timers = {
    now: () => now,
    at: (_time, given) => {
      ring = given;
      return () => {};
    },
  };
  const engine = createEngine({ timers, onDecision: () => {} });
  for (const text of defaultPlans().values()) engine.deploy(compilePlan(text));
  for (let key = 0; key < keys; key += 1) engine.accept(eventOf(key));
  const began = process.cpuUsage();
  for (let sent = 0; sent < EVENTS; sent += 1) engine.accept(eventOf((sent * 7_919) % keys));
  const { user, system } = process.cpuUsage(began);
  const perEvent = (user + system) / EVENTS;
  now = 60_000;
  const ended = performance.now();
  ring();
  return { perEvent, windowEnd: performance.now() - ended, left: engine.keys };
};

const spread = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    .map((number) => number.toFixed(2))
    .join(' / ');
};

for (const keys of KEYS) measure(keys);
const rounds = Array.from({ length: Number(values.rounds) }, () => KEYS.map(measure));
console.log(
  `${EVENTS} events per measurement, ${defaultPlans().size} plans, ${rounds.length} rounds: minimum / median / maximum`,
);
KEYS.forEach((keys, index) => {
  const of = (pick) => rounds.map((round) => pick(round[index], round[0]));
  console.log(
    [
      `${String(keys).padStart(7)} keys`,
      `${spread(of(({ perEvent }) => perEvent))} us per event`,
      `${spread(of(({ perEvent }, first) => perEvent / first.perEvent))} times that of ${KEYS[0]} keys`,
      `end of window ${spread(of(({ windowEnd }) => windowEnd))} ms, ${rounds[0][index].left} keys left`,
    ].join('   '),
  );
});
