// A lab that benches start and stop through its command line, and what Docker Compose does with the same project.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Milliseconds that one command may take: 32 gateways start in a fraction of that. */
const BOUND = 15 * 60_000;

/**
 * `topology` is the text of a topology file; the lab of it is called `name`. Ctrl-C removes it, after `beforeRemoval` has
 * removed what a bench put beside it.
 */
export const measuredLab = (name, topology, beforeRemoval = () => undefined) => {
  const home = mkdtempSync(join(tmpdir(), 'apim-lab-bench-'));
  const file = join(home, 'topology.yaml');
  writeFileSync(file, topology.replace(/^lab:.*$/m, `lab: ${name}`));
  const environment = { ...process.env, APIM_LAB_HOME: join(home, 'labs'), APIM_LAB_TOPOLOGY: file };
  const bin = join(root, 'lab/bin.mjs');
  let current = Promise.resolve();
  const commands = new AbortController();

  /** Rejects when the command fails, with the end of what it said. */
  const measured = async (command, args, options) => {
    commands.signal.throwIfAborted();
    const began = performance.now();
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: BOUND,
      signal: commands.signal,
      killSignal: 'SIGINT',
    });
    // What an abort says; the end of the command follows.
    child.on('error', () => undefined);
    const ended = new Promise((resolve) => child.once('close', resolve));
    current = ended;
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    const ms = performance.now() - began;
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${stderr.slice(-4000)}`);
    return { ms, stdout, stderr };
  };

  const run = (...args) => measured(process.execPath, [bin, ...args], { env: environment });

  /** Milliseconds of a `docker compose` command on the rendered project. */
  const compose = async (...args) => {
    const options = { cwd: join(environment.APIM_LAB_HOME, name) };
    return (await measured('docker', ['compose', '--project-name', `apim-${name}`, ...args], options)).ms;
  };

  /** Milliseconds that Compose alone takes to bring up the project; it is rendered anew when another lab takes its place. */
  const composeUp = async (attempts = 3) => {
    await run('render');
    try {
      return await compose('up', '--detach', '--wait');
    } catch (error) {
      if (attempts === 1 || !error.message.includes('Pool overlaps')) throw error;
      return composeUp(attempts - 1);
    }
  };

  const dispose = () => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    beforeRemoval();
    spawnSync(process.execPath, [bin, 'down', '--lab', name], { env: environment, stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
  };
  const interrupted = async (signal) => {
    commands.abort();
    // It holds the lab until it has ended.
    await current;
    dispose();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  return { home, run, composeUp, dispose };
};

const SIGNALS = ['SIGINT', 'SIGTERM'];

/** Bytes of memory by container, from what `up --json` prints. */
export const memoryByContainer = (stdout) => {
  const { nodes, parts } = JSON.parse(stdout);
  return [...nodes, ...parts].map(({ name, memoryBytes }) => ({ name, bytes: memoryBytes }));
};

export const inMb = (bytes) => Math.round(bytes / 1024 / 1024);

export const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);

/** The chain of starts that decided the wall time, walked backwards from the node that was healthy last. */
export const criticalPath = (stderr) => {
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

/** Minimum, median and maximum. */
export const spread = (numbers, digits = 0) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    .map((each) => each.toFixed(digits))
    .join(' / ');
};
