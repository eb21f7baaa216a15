import type { Plan } from '../../plan/plan.ts';
import type { Service } from './service.ts';

/** The start graph's edges of one service, as Compose writes them. */
export const dependenciesOf = (plan: Plan, name: string): Service['depends_on'] => {
  const edges = plan.start.filter((edge) => edge.from === name);
  if (edges.length === 0) return undefined;
  return Object.fromEntries(edges.map((edge) => [edge.to, { condition: 'service_healthy' }]));
};
