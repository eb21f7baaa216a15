import { readFile } from 'node:fs/promises';
import { heal } from '../commands/heal.ts';
import { probe } from '../commands/probe.ts';
import { status } from '../commands/status.ts';
import { readLog } from '../engine/container-logs.ts';
import { observeContainers } from '../engine/observe.ts';
import { findLab, findNode } from '../engine/select-lab.ts';
import { labError } from '../errors/lab-error.ts';
import type { Way } from '../faults/fault.ts';
import type { FaultyLab } from '../faults/faulty-lab.ts';
import type { Lab, LabPart, NodeFault } from '../index.mjs';
import { httpClient } from '../probes/http-client.ts';
import { breakNode } from './break-node.ts';
import { leaveLab } from './leave-lab.ts';

/** Milliseconds a single request may take. */
const REQUEST_TIMEOUT = 30_000;

/** Milliseconds that a probe may wait for what only time brings. */
const PATIENCE = 3000;

/** The handle of a running lab for its user `id`. */
export const openLab = async (lab: FaultyLab, id: string): Promise<Lab> => {
  const { docker, name } = lab;
  const { description } = await findLab(docker, name);
  const { version, trust, credentials, endpoints, environments, backend, network, database } = description;
  const ca = await readFile(trust.caFile, 'utf8');
  const faults: NodeFault[] = [];

  const handle = <T extends { readonly name: string; readonly role: string }>(part: T): T & LabPart => {
    const take = async (way: Way) => {
      const fault = await breakNode(lab, part.name, way);
      faults.push(fault);
      return fault;
    };
    return {
      ...part,
      logs: async ({ tail = 200 } = {}) =>
        readLog(docker, findNode(await observeContainers(docker, name), part.name).id, tail),
      kill: () => take('kill'),
      pause: () => take('pause'),
      cut: () => take('cut'),
    };
  };
  const nodes = description.nodes.map(({ name, role, hostname, address, urls }) =>
    handle({ name, role, hostname, address, urls }),
  );
  const parts = description.parts.map(({ name, role }) => handle({ name, role }));

  let stopped: Promise<void> | undefined;
  const leave = async () => {
    try {
      for (const fault of faults) await fault.heal();
    } finally {
      await leaveLab(lab, id);
    }
  };
  const stop = () => {
    stopped ??= leave();
    return stopped;
  };

  return {
    name,
    version,
    ca,
    trust,
    credentials,
    nodes,
    parts,
    endpoints,
    environments,
    backend,
    network,
    database,
    node: (wanted) => named(nodes, wanted),
    part: (wanted) => named(parts, wanted),
    http: httpClient(ca, REQUEST_TIMEOUT),
    status: () => status(name),
    probe: async (wanted, { patience = PATIENCE, signal = new AbortController().signal } = {}) => {
      const [report] = await probe({ lab: name, names: [wanted], patience, signal });
      if (!report) throw new Error(`the probe ${wanted} gave no report`);
      return report;
    },
    heal: async () => {
      await heal(name);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

const named = <T extends LabPart>(parts: readonly T[], wanted: string): T => {
  const found = parts.find(({ name }) => name === wanted);
  if (found) return found;
  const evidence = `there are: ${parts.map(({ name }) => name).join(', ')}`;
  throw labError('NODE_NOT_FOUND', `there is no ${wanted} in the lab`, { evidence });
};
