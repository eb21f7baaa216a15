import { certificatesFor } from '../engine/certificates-for.ts';
import { compose } from '../engine/compose.ts';
import { needsTables, prepareDatabase } from '../engine/database/prepare-database.ts';
import { connectDocker, type Docker } from '../engine/docker.ts';
import { ensureImages } from '../engine/ensure-images.ts';
import { describedPaths, labDirectory, writeProject } from '../engine/lab-directory.ts';
import type { Emit } from '../engine/lab-event.ts';
import { labImages } from '../engine/lab-images.ts';
import { holdLab } from '../engine/lab-lock.ts';
import { requireMemory } from '../engine/machine.ts';
import { observeContainers } from '../engine/observe.ts';
import { type Operation, planOperations } from '../engine/operations.ts';
import { placeLab } from '../engine/place-lab.ts';
import { inspectProductImages } from '../engine/product-image/inspect-product-images.ts';
import { readConnector } from '../engine/product-image/read-connector.ts';
import { verifyConfiguration } from '../engine/product-image/verify-configuration.ts';
import { removeNetworks } from '../engine/remove-networks.ts';
import { chosenTopology, type LabChoice } from '../engine/select-lab.ts';
import { startLab } from '../engine/start-lab.ts';
import { stopNodes } from '../engine/stop-nodes.ts';
import { LabError, labError } from '../errors/lab-error.ts';
import { healLab } from '../faults/heal-fault.ts';
import type { Plan } from '../plan/plan.ts';
import { configurationHash, type ProjectFiles } from '../render/compose/configuration-hash.ts';
import { planServices } from '../render/compose/services.ts';
import { shareNotice } from '../render/compose/share-mounts.ts';
import { renderProject } from '../render/render-project.ts';
import type { Topology } from '../topology/schema.ts';

export type UpOptions = LabChoice & {
  /** Whether the sample API is to follow, which needs the back end. */
  readonly sampleApi: boolean;
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
export const up = async (options: UpOptions): Promise<UpResult> => {
  const wanted = await chosenTopology(options);
  if (options.sampleApi && !wanted.backend) {
    throw labError('BACKEND_MISSING', 'the sample API needs the back end, which the topology file switches off');
  }
  if (options.dryRun) return bringUp(wanted, options, new Set());
  return holdLab(wanted.lab, () => findPlaceAndBringUp(wanted, options));
};

const findPlaceAndBringUp = async (wanted: Topology, options: UpOptions): Promise<UpResult> => {
  // Labs that start at the same moment look for a place at the same moment; Docker gives each network to one of them.
  const lost = new Set<number>();
  for (;;) {
    try {
      return await bringUp(wanted, options, lost);
    } catch (error) {
      if (!(error instanceof PlaceLost) || lost.has(error.slot)) throw error instanceof PlaceLost ? error.cause : error;
      lost.add(error.slot);
      options.emit({ kind: 'step', text: 'another lab took this place; taking the next' });
    }
  }
};

const bringUp = async (wanted: Topology, options: UpOptions, lost: ReadonlySet<number>): Promise<UpResult> => {
  const { topology, dryRun, timeout, root, emit, signal } = options;
  const docker = await connectDocker();
  const images = await labImages(root);
  const plan = await placeLab(docker, wanted, images, lost);
  const directory = labDirectory(plan.lab);
  const files = renderProject(
    plan,
    await certificatesFor(plan, directory),
    describedPaths(directory, topology),
    await readConnector(plan),
  );
  // A cut would go on under containers that look as wanted.
  if (!dryRun) {
    for (const { node, way } of await healLab({ docker, name: plan.lab, directory })) {
      emit({ kind: 'step', text: `ended the fault of ${node}: ${way}` });
    }
  }
  const observed = await observeContainers(docker, plan.lab);
  const operations = planOperations(desired(plan, files), observed);
  for (const operation of operations) emit({ kind: 'operation', operation });
  if (operations.length === 0) emit({ kind: 'step', text: 'nothing to change' });
  if (dryRun) return { plan, operations, directory };

  if (nodesOf(operations, ['create', 'replace']).length > 0) {
    const notice = shareNotice(plan);
    if (notice !== undefined) emit({ kind: 'step', text: notice });
    // Before gigabytes are pulled.
    const replacing = nodesOf(operations, ['replace']);
    await requireMemory(docker, plan, {
      starting: [...nodesOf(operations, ['create']), ...replacing],
      replaced: observed.flatMap(({ name, id }) => (replacing.includes(name) ? [id] : [])),
    });
    await ensureImages(docker, plan, { images, root, emit, signal });
    await inspectProductImages(plan, signal);
  }
  await writeProject(directory, files);
  if (nodesOf(operations, ['create', 'replace', 'remove']).length > 0) {
    await compose({ directory, project: plan.project, signal }, ['up', '--no-start', '--remove-orphans']).catch(
      async (error: unknown) => {
        if (!isNetworkTaken(error)) throw error;
        await leavePlace(docker, plan.lab);
        throw new PlaceLost(plan.slot, error);
      },
    );
  }
  await stopNodes(docker, plan.lab, nodesOf(operations, ['restart']));
  const fillDatabase = needsTables(plan)
    ? (container: string) => prepareDatabase(container, { plan, root, emit, signal })
    : undefined;
  const verify = async (name: string, container: string) => {
    const product = plan.nodes.find((node) => node.name === name && !node.simulated);
    if (product) await verifyConfiguration(product, container, { plan, files, signal });
  };
  await startLab({
    docker,
    plan,
    emit,
    timeout: timeout * 1000,
    signal,
    ...(fillDatabase && { fillDatabase }),
    verify,
  });
  return { plan, operations, directory };
};

/** Of two networks one may have been made in the place that is lost; Compose would keep it. */
const leavePlace = async (docker: Docker, lab: string): Promise<void> => {
  if ((await observeContainers(docker, lab)).length === 0) await removeNetworks(docker, lab);
};

/** The lab's network could not be made where it was planned. */
class PlaceLost extends Error {
  readonly slot: number;

  constructor(slot: number, cause: unknown) {
    super('another network is there', { cause });
    this.slot = slot;
  }
}

const isNetworkTaken = (error: unknown): boolean =>
  error instanceof LabError && error.problems[0].code === 'NETWORK_TAKEN';

const nodesOf = (operations: readonly Operation[], kinds: readonly Operation['kind'][]): readonly string[] =>
  operations.filter(({ kind }) => kinds.includes(kind)).map(({ node }) => node);

const desired = (plan: Plan, files: ProjectFiles) =>
  Object.entries(planServices(plan)).map(([name, service]) => ({
    name,
    configuration: configurationHash(service, files),
  }));
