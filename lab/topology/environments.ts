import type { Topology, TopologyEnvironment, TopologyNode } from './schema.ts';

/** What a name contributes to host names, volumes and services: `internal-api` for `Internal API`. */
export const environmentLabel = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Label of an environment in the names of what belongs to it alone; the only one of a lab needs none. */
export const distinctLabel = (
  { environments }: Pick<Topology, 'environments'>,
  environment: Pick<TopologyEnvironment, 'name'> | undefined,
): string | undefined =>
  environment === undefined || environments.length === 1 ? undefined : environmentLabel(environment.name);

/** Environment of a Gateway's entry: the one it names, else the first. Undefined for what is no Gateway. */
export const environmentOf = (
  { environments }: Pick<Topology, 'environments'>,
  { role, environment }: Pick<TopologyNode, 'role' | 'environment'>,
): TopologyEnvironment | undefined => {
  if (role !== 'gateway') return undefined;
  return environment === undefined ? environments[0] : environments.find(({ name }) => name === environment);
};
