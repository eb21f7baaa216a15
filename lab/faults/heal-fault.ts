import { dockerStatus } from '../engine/docker.ts';
import { observeContainers } from '../engine/observe.ts';
import { SERVERS } from '../engine/remove-lab.ts';
import { attach, attachmentsOf } from './attachments.ts';
import type { Fault } from './fault.ts';
import { forgetFault, recordedFaults } from './fault-records.ts';
import type { FaultyLab } from './faulty-lab.ts';
import { startAgain } from './start-again.ts';

/** What healing a fault took; `nothing` when its node was there already. */
export type Healed = Pick<Fault, 'node' | 'way'> & { readonly did: 'start' | 'unpause' | 'connect' | 'nothing' };

/**
 * Heals every fault that is written down, one after another; what nodes need to start comes first. Doing it again does nothing.
 * Fails with HEAL_FAILED.
 */
export const healLab = async (lab: FaultyLab): Promise<readonly Healed[]> => {
  const faults = await recordedFaults(lab.directory);
  if (faults.length === 0) return [];
  const containers = await observeContainers(lab.docker, lab.name);
  const serves = ({ node }: Fault) => containers.some(({ name, role }) => name === node && SERVERS.includes(role));
  const healed: Healed[] = [];
  for (const fault of [...faults.filter(serves), ...faults.filter((each) => !serves(each))]) {
    healed.push(await healFault(lab, fault));
  }
  return healed;
};

/**
 * Brings a node back as far as it is really away, and forgets the fault. A killed node is waited for until it is healthy.
 * A container that is gone has taken its fault along, and one that replaced it never had it. Fails with HEAL_FAILED.
 */
export const healFault = async (lab: FaultyLab, fault: Fault): Promise<Healed> => {
  const did = await bringBack(lab, fault);
  await forgetFault(lab.directory, fault.node);
  return { node: fault.node, way: fault.way, did };
};

const bringBack = async (lab: FaultyLab, { node, attachments = [] }: Fault): Promise<Healed['did']> => {
  const { docker, name } = lab;
  const container = (await observeContainers(docker, name)).find((each) => each.name === node);
  if (!container) return 'nothing';
  let did: Healed['did'] = 'nothing';
  const there = attachments.length === 0 ? [] : await networksOf(lab, container.id);
  for (const attachment of attachments.filter(({ network }) => !there.includes(network))) {
    await attach(docker, container.id, attachment);
    did = 'connect';
  }
  if (container.state === 'paused') {
    await docker.getContainer(container.id).unpause().catch(doneByOthers);
    did = 'unpause';
  } else if (container.state !== 'running') {
    await startAgain(lab, container);
    did = 'start';
  }
  return did;
};

const networksOf = async ({ docker }: FaultyLab, id: string): Promise<readonly string[]> =>
  (await attachmentsOf(docker, id)).map(({ network }) => network);

/** Docker's answer when somebody else woke the container meanwhile. */
const doneByOthers = (error: unknown): void => {
  if (dockerStatus(error) !== 409 && !/is not paused/.test(String(error))) throw error;
};
