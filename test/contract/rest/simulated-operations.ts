import { expect } from 'vitest';
import {
  type PublishedOperation,
  publishedOperations,
} from '../../../compose/wso2am/server/rest-api/published/published-operations.ts';
import { REST_BASE_PATHS, type RestApi } from '../../../lab/product/rest-apis.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { errorBody } from '../publisher/schemas.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** The published operations that the simulator answers itself, by `GET /apis`. */
export const simulatedOperations = async (node: PortalNode, api: RestApi): Promise<readonly string[]> => {
  const names: string[] = [];
  for (const operation of publishedOperations(api, node.version)) {
    if (await isSimulated(node, api, operation)) names.push(`${operation.method} ${operation.path}`);
  }
  return names;
};

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
