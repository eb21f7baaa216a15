import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../commands/options.ts';
import { up } from '../commands/up.ts';
import { connectDocker } from '../engine/docker.ts';
import { labDirectory, readDescription } from '../engine/lab-directory.ts';
import { holdUsers } from '../engine/lab-lock.ts';
import { observeContainers } from '../engine/observe.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { labError } from '../errors/lab-error.ts';
import type { Lab, StartOptions } from '../index.mjs';
import { plainLines } from '../ui/plain-lines.ts';
import { type LabUsers, readUsers, writeUsers } from './lab-users.ts';
import { openLab } from './open-lab.ts';
import { whenFree, within } from './when-free.ts';

/** Milliseconds. */
export const DEFAULT_TIMEOUT = 300_000;

/**
 * Starts a lab, or joins it where it runs: who comes first starts, who leaves last removes what a suite made. A lab that
 * others use is not changed under them. Fails with LAB_IN_USE when they use another topology, and as `up` does.
 */
export const startOrJoinLab = async (
  topology: string | URL,
  { name, timeout = DEFAULT_TIMEOUT, signal, report = () => undefined }: StartOptions = {},
): Promise<Lab> => {
  const file = topology instanceof URL ? fileURLToPath(topology) : topology;
  const choice: LabChoice = { topology: file, ...(name !== undefined && { lab: name }) };
  const { lab } = await chosenTopology(choice);
  const bounds = within(timeout, signal);
  const emit = plainLines((line) => report(line.trimEnd()));
  const bring = (dryRun: boolean) =>
    up({ ...choice, sampleApi: false, dryRun, timeout: timeout / 1000, root: packageRoot(), emit, signal: bounds });
  return whenFree(bounds, () => holdUsers(lab, () => enter(lab, bounds, bring)));
};

type Bring = (dryRun: boolean) => ReturnType<typeof up>;

const enter = async (lab: string, bounds: AbortSignal, bring: Bring): Promise<Lab> => {
  const docker = await connectDocker();
  const [container] = await observeContainers(docker, lab);
  const before = await readUsers(container?.directory || labDirectory(lab));
  const madeBySuite = before.madeBySuite || !container;
  if (before.users.length > 0) {
    await requireSame(lab, before, bring);
  } else {
    try {
      await whenFree(bounds, () => bring(false));
    } catch (error) {
      // What did not start stays to be looked at; the next run knows that it may be removed.
      if (await readDescription(labDirectory(lab))) await writeUsers(labDirectory(lab), { madeBySuite, users: [] });
      throw error;
    }
  }
  const directory = before.users.length > 0 && container ? container.directory : labDirectory(lab);
  const id = randomUUID();
  await writeUsers(directory, { madeBySuite, users: [...before.users, { id, pid: process.pid }] });
  return openLab({ docker, name: lab, directory }, id);
};

/** A node that is down or unhealthy is the other users' business: they may have taken it away themselves. */
const requireSame = async (lab: string, { users }: LabUsers, bring: Bring): Promise<void> => {
  const { operations } = await bring(true);
  const different = operations.filter(({ kind }) => kind === 'create' || kind === 'replace' || kind === 'remove');
  if (different.length === 0) return;
  throw labError('LAB_IN_USE', `${lab} is in use by process ${users.map(({ pid }) => pid).join(', ')} and differs`, {
    evidence: different.map(({ kind, node, cause }) => `${kind} ${node}: ${cause}`).join('\n'),
  });
};
