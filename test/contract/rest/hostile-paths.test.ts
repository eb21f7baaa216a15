import { beforeAll, describe, expect, it } from 'vitest';
import {
  type PublishedOperation,
  publishedOperations,
} from '../../../compose/wso2am/server/rest-api/published/published-operations.ts';
import { REST_BASE_PATHS } from '../../../lab/product/rest-apis.ts';
import { VERSIONS, type Version } from '../../../lab/product/versions.ts';
import { heldResources, settledHeap } from '../../unit/simulator/held-resources.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { LEAKS } from './hostile-requests.ts';

/** What no part of a path names. */
const PARTS: Readonly<Record<string, string>> = {
  SQL: `x'%3B%20DROP%20TABLE%20AM_API%3B%20--%20`,
  'a path that climbs': '..%2f..%2fetc%2fpasswd',
  'a NUL byte': 'a%00b',
  'an emoji': '%F0%9F%98%80',
  'control characters beyond ASCII': '%C2%80%C2%9F',
  'a name that is reserved': '__proto__',
  'a long text': 'x'.repeat(1500),
};

/** Parameters of lists and of actions, with values that none of them takes. */
const QUERY = new URLSearchParams(
  ['query', 'apiId', 'applicationId', 'subscriptionId', 'blockState', 'action', 'newVersion', 'owner', 'user'].map(
    (name): [string, string] => [name, `'"\u{1F600}\u0080\u0000..%2f`],
  ),
);

/** The versions share their code but for what 3.2.0 has more: there everything is tried, elsewhere the most harmful. */
const partsOf = (version: Version) =>
  Object.entries(PARTS).filter(([title]) => version === '3.2.0' || ['SQL', 'an emoji'].includes(title));

const casesOf = (version: Version) =>
  (['publisher', 'store', 'admin'] as const).flatMap((api) =>
    publishedOperations(api, version).flatMap((operation) => [
      ...(operation.path.includes('{')
        ? partsOf(version).map(([title, part]) => ({ api, ...operation, title, part, query: '' }))
        : []),
      { api, ...operation, title: 'strange parameters', part: 'x', query: `?${QUERY}` },
    ]),
  );

describe.each(VERSIONS)('the REST APIs of %s', (version) => {
  const portals = usePortals();
  let node: PortalNode;

  beforeAll(async () => {
    node = await portals.start(version);
  });

  const ask = async ({ api, method, path, part, query }: PublishedOperation & ReturnType<typeof casesOf>[number]) => {
    const base = REST_BASE_PATHS[api][version][0] ?? '';
    const options: RequestInit & { readonly dispatcher: typeof node.listening.agent } = {
      method,
      headers: { 'Content-Type': 'application/json', ...basic('admin', 'admin') },
      dispatcher: node.listening.agent,
      ...(['POST', 'PUT', 'PATCH'].includes(method) ? { body: '{}' } : {}),
    };
    const url = `https://localhost:${node.listening.port}${base}${path.replace(/\{[\w-]+\}/g, part)}${query}`;
    const response = await fetch(url, options);
    return { status: response.status, text: await response.text() };
  };

  it.each(casesOf(version))('$api: $method $path with $title answers decently', async (each) => {
    const { status, text } = await ask(each);

    expect(status === 501 || status < 500, `${status} ${text}`).toBe(true);
    expect(text).not.toMatch(LEAKS);
  });

  it('hold no more after a second storm than after the first, and serve whoever asks properly', async () => {
    const storm = async (): Promise<void> => {
      for (const each of casesOf(version).filter(({ api }) => api === 'store')) await ask(each);
    };
    await storm();
    const handles = heldResources();
    const heap = settledHeap();
    await storm();

    expect(heldResources()).toEqual(handles);
    expect(settledHeap() - heap).toBeLessThan(4 * 1024 * 1024);
    const { id } = await node.api();
    expect((await node.visit(`/apis/${id}`)).status).toBe(200);
  }, 120_000);
});
