import type { z } from 'zod';
import type { Placement, Plan, PlannedNode } from '../../../lab/plan/plan.ts';
import { planLab } from '../../../lab/plan/plan-lab.ts';
import type { Version } from '../../../lab/product/versions.ts';
import { topologySchema } from '../../../lab/topology/schema.ts';

export type TopologyInput = z.input<typeof topologySchema>;
type NodeInput = TopologyInput['nodes'][number];

/** The first place of a machine with an NFS client. */
export const PLACEMENT: Placement = {
  slot: 0,
  kernelNfs: true,
  images: {
    wso2am: { '3.0.0': 'wso2am:3.0.0', '3.1.0': 'wso2am:3.1.0', '3.2.0': 'wso2am:3.2.0' },
    mysql: 'mysql',
    nginx: 'nginx',
    nfs: 'nfs',
    backend: 'backend',
  },
};

/** The five components of the documentation, one node each. */
export const FIVE_NODES: readonly NodeInput[] = [
  { role: 'key-manager' },
  { role: 'traffic-manager' },
  { role: 'publisher' },
  { role: 'developer-portal' },
  { role: 'gateway' },
];

/** Every component twice. */
export const ALL_PAIRS: readonly NodeInput[] = FIVE_NODES.map((node) => ({ ...node, replicas: 2 }));

/** What a user gets for a topology, planned by the real planner on the first place of a machine with an NFS client. */
export const planTopology = (changes: Partial<TopologyInput> = {}): Plan =>
  planLab(topologySchema.parse({ lab: 'sample', nodes: FIVE_NODES, ...changes }), PLACEMENT);

/** The same deployment in one version. */
export const planNodes = (nodes: readonly NodeInput[], version: Version = '3.0.0'): Plan =>
  planTopology({ nodes: [...nodes], version });

export const nodeNamed = (plan: Plan, name: string): PlannedNode => {
  const found = plan.nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`no node ${name} in ${plan.nodes.map((node) => node.name).join(', ')}`);
  return found;
};
