import { certificatesFor } from '../engine/certificates-for.ts';
import { compose } from '../engine/compose.ts';
import { connectDocker } from '../engine/docker.ts';
import { ensureImages } from '../engine/ensure-images.ts';
import { describedPaths, labDirectory, writeProject } from '../engine/lab-directory.ts';
import type { Emit } from '../engine/lab-event.ts';
import { labImages } from '../engine/lab-images.ts';
import { requireMemory } from '../engine/machine.ts';
import { observeContainers } from '../engine/observe.ts';
import { type Operation, planOperations } from '../engine/operations.ts';
import { placeLab } from '../engine/place-lab.ts';
import { startLab } from '../engine/start-lab.ts';
import { stopNodes } from '../engine/stop-nodes.ts';
import type { Plan } from '../plan/plan.ts';
import { configurationHash, type ProjectFiles } from '../render/compose/configuration-hash.ts';
import { planServices } from '../render/compose/services.ts';
import { shareNotice } from '../render/compose/share-mounts.ts';
import { renderProject } from '../render/render-project.ts';
import { loadTopology } from '../topology/load-topology.ts';

export type UpOptions = {
  /** Path of the topology file. */
  readonly topology: string;
  /** Stop after the operations are known. */
  readonly dryRun: boolean;
  /** Seconds that the start may take. */
  readonly timeout: number;
  /** Directory of this package: the lab's images are built from it. */
  readonly root: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
};

export type UpResult = { readonly plan: Plan; readonly operations: readonly Operation[]; readonly directory: string };

/**
 * Turns a topology file into a running lab: plan, render, compare with what is there, change only what differs, start in
 * the order of the start graph, wait until all is healthy. Doing it again changes nothing.
 */
export const up = async ({ topology, dryRun, timeout, root, emit, signal }: UpOptions): Promise<UpResult> => {
  const wanted = await loadTopology(topology);
  const docker = await connectDocker();
  const images = await labImages(root);
  const plan = await placeLab(docker, wanted, images);
  const directory = labDirectory(plan.lab);
  const files = renderProject(plan, await certificatesFor(plan, directory), describedPaths(directory, topology));
  const operations = planOperations(desired(plan, files), await observeContainers(docker, plan.lab));
  for (const operation of operations) emit({ kind: 'operation', operation });
  if (operations.length === 0) emit({ kind: 'step', text: 'nothing to change' });
  if (dryRun) return { plan, operations, directory };

  if (nodesOf(operations, ['create', 'replace']).length > 0) {
    const notice = shareNotice(plan);
    if (notice !== undefined) emit({ kind: 'step', text: notice });
    await ensureImages(docker, plan, { images, root, emit, signal });
    await requireMemory(plan, nodesOf(operations, ['create']));
  }
  await writeProject(directory, files);
  if (nodesOf(operations, ['create', 'replace', 'remove']).length > 0) {
    await compose({ directory, project: plan.project, signal }, ['up', '--no-start', '--remove-orphans']);
  }
  await stopNodes(docker, plan.lab, nodesOf(operations, ['restart']));
  await startLab({ docker, plan, emit, timeout: timeout * 1000, signal });
  return { plan, operations, directory };
};

const nodesOf = (operations: readonly Operation[], kinds: readonly Operation['kind'][]): readonly string[] =>
  operations.filter(({ kind }) => kinds.includes(kind)).map(({ node }) => node);

const desired = (plan: Plan, files: ProjectFiles) =>
  Object.entries(planServices(plan)).map(([name, service]) => ({
    name,
    configuration: configurationHash(service, files),
  }));
