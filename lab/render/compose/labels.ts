import type { Plan } from '../../plan/plan.ts';
import type { Role } from '../../product/roles.ts';

/** Labels on everything a lab creates; containers are the lab's only state, so these say all that finding one needs. */
export const LABELS = {
  lab: 'apim-lab.lab',
  node: 'apim-lab.node',
  role: 'apim-lab.role',
  version: 'apim-lab.version',
  slot: 'apim-lab.slot',
  /** Hash of the service and of every file mounted into it: a difference is a reason to replace the container. */
  configuration: 'apim-lab.configuration',
} as const;

/** Role label of containers that are no API Manager node. */
type PartRole = 'database' | 'share' | 'sync' | 'balancer' | 'firewall' | 'backend' | 'host';

export const labLabels = (plan: Plan): Readonly<Record<string, string>> => ({
  [LABELS.lab]: plan.lab,
  [LABELS.version]: plan.version,
  [LABELS.slot]: String(plan.slot),
});

export const containerLabels = (plan: Plan, node: string, role: Role | PartRole): Readonly<Record<string, string>> => ({
  ...labLabels(plan),
  [LABELS.node]: node,
  [LABELS.role]: role,
});
