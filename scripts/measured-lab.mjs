// A lab that benches start and stop through its command line, and what Docker Compose does with the same project.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `topology` is the text of a topology file; the lab of it is called `name`. */
export const measuredLab = (name, topology) => {
  const home = mkdtempSync(join(tmpdir(), 'apim-lab-bench-'));
  const file = join(home, 'topology.yaml');
  writeFileSync(file, topology.replace(/^lab:.*$/m, `lab: ${name}`));
  const environment = { ...process.env, APIM_LAB_HOME: join(home, 'labs'), APIM_LAB_TOPOLOGY: file };

  const run = (...args) => {
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'lab/bin.mjs'), ...args], {
      env: environment,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`apim-lab ${args.join(' ')} ended with ${status}\n${stderr}`);
    return { ms: performance.now() - began, stdout, stderr };
  };

  /** Milliseconds of a `docker compose` command on the rendered project. */
  const compose = (...args) => {
    const began = performance.now();
    execFileSync('docker', ['compose', '--project-name', `apim-${name}`, ...args], {
      cwd: join(environment.APIM_LAB_HOME, name),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return performance.now() - began;
  };

  const dispose = () => {
    run('down', '--lab', name);
    rmSync(home, { recursive: true, force: true });
  };
  return { home, run, compose, dispose };
};

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
