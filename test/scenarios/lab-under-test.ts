import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Docker from 'dockerode';
import { LABELS } from '../../lab/render/compose/labels.ts';

const BIN = fileURLToPath(new URL('../../lab/bin.mjs', import.meta.url));

export const docker = new Docker();

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const FIVE_NODES = ['key-manager', 'traffic-manager', 'publisher', 'developer-portal', 'gateway'];

/**
 * A lab of its own for one test file: the command line as a user calls it, with its own topology file and lab
 * directory. `dispose` removes everything, whatever state the lab is in.
 */
export class LabUnderTest {
  readonly name: string;
  readonly home = mkdtempSync(join(tmpdir(), 'apim-lab-test-'));
  readonly topology = join(this.home, 'topology.yaml');

  constructor(name: string, options: { readonly version?: string; readonly extra?: string } = {}) {
    this.name = name;
    this.describe(options);
  }

  /** Writes the topology file: five nodes and what else the test wants. */
  describe({ version = '3.0.0', extra = '' }: { readonly version?: string; readonly extra?: string } = {}): void {
    const nodes = FIVE_NODES.map((role) => `  - role: ${role}\n`).join('');
    this.write(`lab: ${this.name}\nversion: ${version}\n${extra}nodes:\n${nodes}`);
  }

  write(text: string): void {
    writeFileSync(this.topology, text);
  }

  /** Starts the command line without waiting for its end. */
  start(...args: readonly string[]) {
    return this.#spawn({}, args);
  }

  #spawn(environment: NodeJS.ProcessEnv, args: readonly string[]) {
    const own = { APIM_LAB_HOME: join(this.home, 'labs'), APIM_LAB_TOPOLOGY: this.topology };
    return spawn(process.execPath, [BIN, ...args], {
      cwd: this.home,
      env: { ...process.env, ...own, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs the command line to its end. */
  run(...args: readonly string[]): Promise<Run> {
    return this.runWith({}, ...args);
  }

  /** The same with other environment variables. */
  async runWith(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Run> {
    const child = this.#spawn(environment, args);
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const [code] = await once(child, 'close');
    return { code, ...output };
  }

  /** Runs the command line and expects it to succeed. */
  async ok(...args: readonly string[]): Promise<Run> {
    const run = await this.run(...args);
    if (run.code !== 0)
      throw new Error(`apim-lab ${args.join(' ')} ended with ${run.code}\n${run.stderr}${run.stdout}`);
    return run;
  }

  /** Names of everything in Docker that belongs to the lab. */
  async leftovers(): Promise<readonly string[]> {
    const filters = { label: [`${LABELS.lab}=${this.name}`] };
    const [containers, networks, volumes] = await Promise.all([
      docker.listContainers({ all: true, filters }),
      docker.listNetworks({ filters }),
      docker.listVolumes({ filters }),
    ]);
    return [
      ...containers.map(({ Names }) => Names[0] ?? ''),
      ...networks.map(({ Name }) => Name),
      ...(volumes.Volumes ?? []).map(({ Name }) => Name),
    ];
  }

  /** Identities of the lab's containers by node. */
  async containers(): Promise<Readonly<Record<string, string>>> {
    const found = await docker.listContainers({ all: true, filters: { label: [`${LABELS.lab}=${this.name}`] } });
    return Object.fromEntries(found.map(({ Labels, Id }) => [Labels[LABELS.node] ?? '', Id]));
  }

  async dispose(): Promise<void> {
    await this.run('down', '--lab', this.name);
    rmSync(this.home, { recursive: true, force: true });
  }
}
