import { observeContainers } from '../engine/observe.ts';
import { findNode } from '../engine/select-lab.ts';
import { labError } from '../errors/lab-error.ts';
import { attachmentsOf, detach } from './attachments.ts';
import type { Fault, Way } from './fault.ts';
import { recordFault } from './fault-records.ts';
import type { FaultyLab } from './faulty-lab.ts';
import { type Healed, healFault } from './heal-fault.ts';

export type Outcome<T> = { readonly value: T; readonly healed: Healed };

/**
 * Takes a node away, does `work` and brings it back, whatever becomes of either. The fault is written down before it is
 * applied, so that `heal` can bring the node back when this process cannot any more.
 * Fails with NODE_NOT_FOUND, FAULT_THERE, FAULT_IMPOSSIBLE and HEAL_FAILED.
 */
export const whileFaulty = async <T>(
  lab: FaultyLab,
  { node, way }: Pick<Fault, 'node' | 'way'>,
  work: (fault: Fault) => Promise<T>,
): Promise<Outcome<T>> => {
  const { id, fault } = await planFault(lab, node, way);
  await recordFault(lab.directory, fault);
  let healing: Promise<Healed> | undefined;
  const heal = () => {
    healing ??= healFault(lab, fault);
    return healing;
  };
  try {
    await apply(lab, id, fault);
    return { value: await work(fault), healed: await heal() };
  } finally {
    await heal();
  }
};

const planFault = async ({ docker, name }: FaultyLab, node: string, way: Way) => {
  const { id, state } = findNode(await observeContainers(docker, name), node);
  if (state !== 'running') throw labError('FAULT_IMPOSSIBLE', `${node} is ${state}, not running`, { node });
  const since = new Date().toISOString();
  if (way !== 'cut') return { id, fault: { node, way, since } satisfies Fault };
  const attachments = [...(await attachmentsOf(docker, id))];
  if (attachments.length > 0) return { id, fault: { node, way, since, attachments } satisfies Fault };
  const hint = 'cut the host off that it lives on: its name begins with "host-" in "apim-lab logs"';
  throw labError('FAULT_IMPOSSIBLE', `${node} has no network of its own to be cut off from`, { node, hint });
};

const apply = async ({ docker }: FaultyLab, id: string, { way, attachments }: Fault): Promise<void> => {
  const container = docker.getContainer(id);
  if (way === 'pause') await container.pause();
  else if (attachments) for (const each of attachments) await detach(docker, id, each);
  else {
    await container.kill({ signal: 'SIGKILL' });
    await container.wait({ condition: 'not-running' });
  }
};
