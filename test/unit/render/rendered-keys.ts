import { parse } from 'smol-toml';
import type { Plan } from '../../../lab/plan/plan.ts';
import { renderDeploymentToml } from '../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { flatten } from './flatten.ts';
import { nodeNamed } from './plan-topology.ts';

/** The flat keys of a node's rendered deployment.toml, as a parser that is not ours reads them. */
export const renderedKeys = (plan: Plan, node: string): ReadonlyMap<string, unknown> =>
  flatten(parse(renderDeploymentToml(plan, nodeNamed(plan, node))));
