import type { Role } from '../product/roles.ts';
import type { Version } from '../product/versions.ts';
import { loadTopology } from '../topology/load-topology.ts';
import { nameNodes } from '../topology/name-nodes.ts';

export type Validated = {
  readonly lab: string;
  readonly version: Version;
  /** Every node the file stands for, replicas counted out, in its order. */
  readonly nodes: readonly { readonly name: string; readonly role: Role }[];
};

/** Checks a topology file without Docker. Throws all of its problems at once. */
export const validate = async (file: string): Promise<Validated> => {
  const { lab, version, nodes } = await loadTopology(file);
  return { lab, version, nodes: nameNodes(nodes).map(({ name, entry }) => ({ name, role: entry.role })) };
};
