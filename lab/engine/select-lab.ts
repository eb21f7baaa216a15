import { dirname, resolve } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import type { Description } from '../plan/description.ts';
import { loadTopology } from '../topology/load-topology.ts';
import { type Topology, topologySchema } from '../topology/schema.ts';
import { switchProduct } from '../topology/switch-product.ts';
import type { Docker } from './docker.ts';
import { labDirectory, readDescription } from './lab-directory.ts';
import { type ObservedContainer, observeContainers } from './observe.ts';

/** How the user names a lab; `lab` wins. */
export type LabChoice = {
  readonly lab?: string;
  readonly topology: string;
  /** Image for all nodes, instead of those in the file. */
  readonly product?: string;
};

/** The name of the chosen lab. The topology file is read only when no name is given. */
export const chosenLab = async ({ lab, topology }: LabChoice): Promise<string> =>
  lab ?? (await loadTopology(topology)).lab;

/** The topology of the file, with the image and under the name that were chosen instead of its own, if any were. */
export const chosenTopology = async ({ lab, topology, product }: LabChoice): Promise<Topology> => {
  const written = await loadTopology(topology);
  const wanted = located(product === undefined ? written : switchProduct(written, product), topology);
  if (lab === undefined) return wanted;
  const name = topologySchema.shape.lab.safeParse(lab);
  if (!name.success) throw labError('USAGE', `--lab ${lab}: ${name.error.issues[0]?.message ?? 'no name for a lab'}`);
  return { ...wanted, lab: name.data };
};

/** The same topology with the paths in it counted from its file. */
const located = (topology: Topology, file: string): Topology => {
  const { connector } = topology.database;
  if (connector === undefined) return topology;
  return { ...topology, database: { ...topology.database, connector: resolve(dirname(file), connector) } };
};

export type RunningLab = {
  readonly description: Description;
  readonly containers: readonly ObservedContainer[];
  /** Where the lab was rendered to. */
  readonly directory: string;
};

/** An existing lab: its containers and its description. Fails with LAB_NOT_FOUND. */
export const findLab = async (docker: Docker, lab: string): Promise<RunningLab> => {
  const containers = await observeContainers(docker, lab);
  const [container] = containers;
  if (!container) {
    const others = [...new Set((await observeContainers(docker)).map((each) => each.lab))];
    const evidence = others.length > 0 ? `there are: ${others.join(', ')}` : 'there is no lab at all';
    throw labError('LAB_NOT_FOUND', `there is no lab ${lab} on this machine`, { evidence });
  }
  const directory = container.directory || labDirectory(lab);
  const description = await readDescription(directory);
  if (description) return { description, containers, directory };
  throw labError('LAB_DIRECTORY_MISSING', `the rendered files of ${lab} are gone from ${directory}`);
};

/** One container of a lab by its node's name. Fails with NODE_NOT_FOUND. */
export const findNode = (containers: readonly ObservedContainer[], node: string): ObservedContainer => {
  const found = containers.find(({ name }) => name === node);
  if (found) return found;
  const names = containers.map(({ name }) => name).join(', ');
  throw labError('NODE_NOT_FOUND', `there is no node ${node}`, { evidence: `there are: ${names}` });
};
