import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../../../lab/product/versions.ts';
import { renderDeploymentToml } from '../../../../lab/render/deployment-toml/render-deployment-toml.ts';
import { ALL_PAIRS, FIVE_NODES, planNodes } from '../plan-topology.ts';

const SHAPES = {
  'five-nodes': FIVE_NODES,
  pairs: ALL_PAIRS,
  'all-in-one': [{ role: 'all-in-one' }],
  'all-in-one-pair': [{ role: 'all-in-one', replicas: 2 }],
} as const;

describe.each(VERSIONS)('deployment.toml for %s', (version) => {
  for (const [shape, nodes] of Object.entries(SHAPES)) {
    const plan = planNodes(nodes, version);
    // The second of a pair differs by its own names only, which other tests look at.
    for (const node of plan.nodes.filter(({ replica }) => replica === 1)) {
      it(`of ${node.name} in the lab "${shape}" is the reviewed one`, async () => {
        await expect(renderDeploymentToml(plan, node)).toMatchFileSnapshot(
          `../golden/${version}/${shape}/${node.name}.toml`,
        );
      });
    }
  }
});
