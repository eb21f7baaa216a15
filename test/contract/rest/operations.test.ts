import { beforeAll, describe, expect, it } from 'vitest';
import { publishedOperations } from '../../../compose/wso2am/server/rest-api/published/published-operations.ts';
import type { RestApi } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { operationsPage, type SimulatedOperations } from './operations-page.ts';
import { simulatedOperations } from './simulated-operations.ts';

describe('the operations of the published definitions', () => {
  const portals = usePortals();
  const simulated: Record<RestApi, SimulatedOperations> = { publisher: {}, store: {}, admin: {} };

  beforeAll(async () => {
    for (const version of VERSIONS) await record(await portals.start(version));
  });

  const record = async (node: PortalNode): Promise<void> => {
    for (const api of ['publisher', 'store', 'admin'] as const) {
      const answered = await simulatedOperations(node, api);
      for (const { method, path } of publishedOperations(api, node.version)) {
        const name = `${method} ${path}`;
        const versions: Partial<Record<Version, boolean>> = simulated[api][name] ?? {};
        simulated[api][name] = { ...versions, [node.version]: answered.includes(name) };
      }
    }
  };

  it('are each answered by the simulator or with 501, and docs/rest-operations.md says which', async () => {
    await expect(operationsPage(simulated)).toMatchFileSnapshot('../../../docs/rest-operations.md');
  });
});
