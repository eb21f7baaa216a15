import { beforeAll, describe, expect, it } from 'vitest';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApi } from '../publisher/sample-apis.ts';
import { type HostileRequest, hostileRequests } from './hostile-requests.ts';

const APPLICATION = { name: 'app', throttlingPolicy: 'Unlimited', description: '', tokenType: 'JWT' };
const SUBSCRIPTION = { apiId: 'x', applicationId: 'x', throttlingPolicy: 'Gold' };

const CASES: readonly (HostileRequest & { readonly api: 'publisher' | 'store' })[] = [
  ...hostileRequests('/apis', newApi()).map((each) => ({ ...each, api: 'publisher' as const })),
  ...hostileRequests('/applications', APPLICATION).map((each) => ({ ...each, api: 'store' as const })),
  ...hostileRequests('/subscriptions', SUBSCRIPTION).map((each) => ({ ...each, api: 'store' as const })),
];

/** Frames of a stack, names of files, words of the database. */
const LEAKS = /\n\s+at |\.ts:\d|node_modules|You have an error in your SQL|ER_[A-Z]+/;

describe.each(VERSIONS)(`${CASES.length} hostile requests to the REST APIs of %s`, (version) => {
  const portals = usePortals();
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  it.each(CASES)('$api $path: $title is refused without a word of the inside', async ({ api, path, request }) => {
    const base = REST_BASE_PATHS[api][version][0] ?? '';
    const reply = await node.send(base + path, {
      ...request,
      headers: { ...basic('admin', 'admin'), ...request.headers },
    });

    expect(reply.status).toBeLessThan(500);
    expect(JSON.stringify(reply.body ?? '')).not.toMatch(LEAKS);
    if (reply.status >= 400) expect(reply.body).toMatchObject({ code: reply.status, moreInfo: '' });
  });

  it('leave the node and its tables as they should be', async () => {
    const { id } = await node.api();
    expect((await node.visit(`/apis/${id}`)).status).toBe(200);
  });
});
