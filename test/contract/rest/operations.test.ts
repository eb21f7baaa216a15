import { beforeAll, describe, expect, it } from 'vitest';
import {
  type PublishedOperation,
  publishedOperations,
} from '../../../compose/wso2am/server/rest-api/published/published-operations.ts';
import { REST_BASE_PATHS, type RestApi } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { errorBody } from '../publisher/schemas.ts';
import { operationsPage, type SimulatedOperations } from './operations-page.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Whether the simulator answers an operation itself; whatever it answers must be of the REST API, never of the container. */
const isSimulated = async (node: PortalNode, api: RestApi, { method, path }: PublishedOperation): Promise<boolean> => {
  const url = (REST_BASE_PATHS[api][node.version][0] ?? '') + path.replace(/\{[\w-]+\}/g, NOBODY);
  const { status, headers, body } = await node.send(url, { method, headers: basic('admin', 'admin') });
  const type = headers.get('content-type') ?? '';
  expect(status, `${method} ${path}`).not.toBe(405);
  expect(type, `${method} ${path}`).not.toContain('text/html');
  if (status === 501 && method !== 'HEAD') expect(errorBody.parse(body).code).toBe(501);
  return status !== 501;
};

describe('the operations of the published definitions', () => {
  const portals = usePortals();
  const simulated: Record<RestApi, SimulatedOperations> = { publisher: {}, store: {}, admin: {} };

  beforeAll(async () => {
    for (const version of VERSIONS) await record(await portals.start(version));
  });

  const record = async (node: PortalNode): Promise<void> => {
    for (const api of ['publisher', 'store', 'admin'] as const) {
      for (const operation of publishedOperations(api, node.version)) {
        const name = `${operation.method} ${operation.path}`;
        const versions: Partial<Record<Version, boolean>> = simulated[api][name] ?? {};
        simulated[api][name] = { ...versions, [node.version]: await isSimulated(node, api, operation) };
      }
    }
  };

  it('are each answered by the simulator or with 501, and docs/rest-operations.md says which', async () => {
    await expect(operationsPage(simulated)).toMatchFileSnapshot('../../../docs/rest-operations.md');
  });
});
