import { once } from 'node:events';
import { connect } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BODY_LIMIT } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import { REST_BASE_PATHS, type RestApi } from '../../../lab/product/rest-apis.ts';
import { VERSIONS } from '../../../lab/product/versions.ts';
import { usePortals } from '../devportal/fixture.ts';
import { basic, type PortalNode } from '../devportal/portal-node.ts';
import { newApplication } from '../devportal/sample-applications.ts';
import { newApi } from '../publisher/sample-apis.ts';
import { errorBody } from '../publisher/schemas.ts';
import { type HostileRequest, hostileRequests, LEAKS } from './hostile-requests.ts';

const APPLICATION = { name: 'app', throttlingPolicy: 'Unlimited', description: '', tokenType: 'JWT' };
const SUBSCRIPTION = { apiId: 'x', applicationId: 'x', throttlingPolicy: 'Gold' };

const POLICY = {
  policyName: 'hostile',
  displayName: 'hostile',
  description: '',
  defaultLimit: { type: 'RequestCountLimit', requestCount: 5, timeUnit: 'min', unitTime: 1 },
};
const BLOCKED = { conditionType: 'USER', conditionValue: 'mallory', conditionStatus: true };
const LABEL = { name: 'hostile', description: '', accessUrls: ['https://edge.lab'] };

const CASES: readonly (HostileRequest & { readonly api: RestApi })[] = [
  ...hostileRequests('/apis', newApi()).map((each) => ({ ...each, api: 'publisher' as const })),
  ...hostileRequests('/applications', APPLICATION).map((each) => ({ ...each, api: 'store' as const })),
  ...hostileRequests('/subscriptions', SUBSCRIPTION, ['GET', 'DELETE']).map((each) => ({
    ...each,
    api: 'store' as const,
  })),
  ...['application', 'advanced']
    .flatMap((level) => hostileRequests(`/throttling/policies/${level}`, POLICY))
    .map((each) => ({ ...each, api: 'admin' as const })),
  ...hostileRequests('/throttling/blacklist', BLOCKED, ['GET', 'DELETE']).map((each) => ({
    ...each,
    api: 'admin' as const,
  })),
  ...hostileRequests('/labels', LABEL, ['PUT', 'DELETE']).map((each) => ({ ...each, api: 'admin' as const })),
];

const APIS: readonly RestApi[] = ['publisher', 'store', 'admin'];

/** Writes to a TLS port and gives back everything that comes. @param half whether it ends its half of the connection */
const tlsExchange = async (port: number, request: string, half = true): Promise<string> => {
  const socket = connect({ port, host: 'localhost', rejectUnauthorized: false });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(request);
  if (half) socket.end();
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
};

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

  it.each(APIS)('%s: the token of an application that is no client of it is nobody', async (api) => {
    const { path } = await newApplication(node);
    const json = { keyType: 'PRODUCTION', grantTypesToBeSupported: ['client_credentials'] };
    const { body } = await node.call(`${path}/generate-keys`, { json });
    const { token } = z.looseObject({ token: z.looseObject({ accessToken: z.string() }) }).parse(body);
    const headers = { Authorization: `Bearer ${token.accessToken}` };
    const collections = { publisher: '/apis', store: '/applications', admin: '/throttling/blacklist' };

    const reply = await node.send(REST_BASE_PATHS[api][version][0] + collections[api], { headers });

    expect(errorBody.parse(reply.body)).toMatchObject({ code: 401, description: 'Unauthenticated request' });
  });

  it.each(APIS)('%s: headers and bodies beyond the limits, and half a request, do not get through', async (api) => {
    const post = (...headers: readonly string[]) => {
      const lines = [`POST ${REST_BASE_PATHS[api][version][0]}/x HTTP/1.1`, 'Host: x', 'Connection: close', ...headers];
      return tlsExchange(node.listening.port, `${lines.join('\r\n')}\r\n\r\n`);
    };
    const admin = `Authorization: ${basic('admin', 'admin').Authorization}`;

    expect(await post(`X-Long: ${'x'.repeat(9_000)}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await post('Content-Length: 5', 'Transfer-Encoding: chunked')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await post(admin, 'Content-Length: 100')).not.toMatch(/^HTTP\/1\.1 (?:2|500)/);
  });

  it('do not get a body beyond 10 MB read', async () => {
    const request = [
      `POST ${REST_BASE_PATHS.publisher[version][0]}/apis HTTP/1.1`,
      'Host: x',
      `Authorization: ${basic('admin', 'admin').Authorization}`,
      'Content-Type: application/json',
      `Content-Length: ${BODY_LIMIT + 1}`,
    ].join('\r\n');

    expect(await tlsExchange(node.listening.port, `${request}\r\n\r\n{`, false)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('leave the node and its tables as they should be', async () => {
    const { id } = await node.api();
    expect((await node.visit(`/apis/${id}`)).status).toBe(200);
  });
});
