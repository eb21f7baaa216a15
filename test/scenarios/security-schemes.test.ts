import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { LabStatus } from '../../lab/engine/lab-status.ts';
import { httpClient } from '../../lab/probes/http-client.ts';
import { openSession, type ProductSession } from '../../lab/probes/journey/open-session.ts';
import { type PublishedApi, publishApi } from '../../lab/probes/journey/publish-api.ts';
import {
  type Application,
  applicationToken,
  createApplication,
  subscribe,
} from '../../lab/probes/journey/subscribe.ts';
import { until } from '../../lab/probes/until.ts';
import { docker, LabUnderTest } from './lab-under-test.ts';

/** Twice the interval of hot deployment (wire.md 6.3). */
const PATIENCE = { limit: 30_000, interval: 50 };

/** A server of WebSocket without a library, for the back end's container: it says every small message again. */
const ECHO = `
const { createHash } = require('node:crypto');
require('node:http').createServer().on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept + '\\r\\n\\r\\n');
  socket.on('error', () => undefined).on('data', (frame) => {
    const payload = frame.subarray(6, 6 + (frame[1] & 127)).map((byte, at) => byte ^ frame[2 + (at % 4)]);
    socket.write(Buffer.concat([Buffer.from([frame[0], payload.length]), payload]));
  });
}).listen(8081);`;

const apiKeySchema = z.object({ apikey: z.string() });

describe.each(['3.0.0', '3.1.0'] as const)('the security of APIs on %s', (version) => {
  const lab = new LabUnderTest(`t-security-${version.replaceAll('.', '-')}`);
  let status: LabStatus;
  let session: ProductSession;
  let application: Application;
  let api: PublishedApi;
  let chat: PublishedApi;

  beforeAll(async () => {
    lab.write(topologyOf(lab.name, version));
    status = JSON.parse((await lab.ok('up', '--no-probes', '--json')).stdout);
    const http = httpClient(readFileSync(status.trust.caFile, 'utf8'), 30_000);
    session = await openSession({ status, http });
    const common = { version: '1.0.0', policies: ['Unlimited'], operations: [{ target: '/*', verb: 'GET' }] };
    api = await publishApi(session, {
      ...common,
      name: 'Safe',
      context: '/safe',
      backend: 'http://backend:8080',
      more: { securityScheme: ['oauth2', 'basic_auth', 'api_key', 'oauth_basic_auth_api_key_mandatory'] },
    });
    const more = { type: 'WS' };
    chat = await publishApi(session, { ...common, name: 'Chat', context: '/chat', backend: 'ws://backend:8081', more });
    application = await createApplication(session, { name: 'security', policy: 'Unlimited', tokenType: 'OAUTH' });
    for (const { id: apiId } of [api, chat])
      await subscribe(session, { apiId, applicationId: application.id, throttlingPolicy: 'Unlimited' });
  });
  afterAll(() => lab.dispose());

  const originsOf = (listener: 'passthroughHttps' | 'ws' | 'wss'): readonly string[] =>
    status.nodes.flatMap(({ role, urls }) => (role === 'gateway' ? (urls[listener] ?? []) : []));

  /** Calls every gateway until it answers so. */
  const untilEach = async (expected: number, headers: Readonly<Record<string, string>>): Promise<void> => {
    for (const origin of originsOf('passthroughHttps')) {
      const found = await until(
        `status ${expected}`,
        PATIENCE,
        () => session.http({ url: `${origin}${api.path}/echo`, headers }),
        (seen) => seen.status === expected,
      );
      expect(found.status).toBe(expected);
    }
  };

  const basic = (user: string, password: string) => ({
    Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  it('admits passwords of users of the Key Manager', async () => {
    await untilEach(200, basic('admin', 'admin'));
    await untilEach(401, basic('admin', 'wrong'));
  });

  const keysPath = (): string => `/applications/${application.id}/api-keys/PRODUCTION`;
  const newApiKey = async (): Promise<string> =>
    (await session.portal.ask(apiKeySchema, 200, 'POST', `${keysPath()}/generate`, {})).apikey;

  it('admits API keys, in the header and nowhere else', async () => {
    const apikey = await newApiKey();

    await untilEach(200, { apikey });
    await untilEach(401, { apikey: `${apikey}x` });
    await untilEach(401, { Authorization: apikey });
  });

  it('refuses API keys that were revoked, at every gateway', async () => {
    const apikey = await newApiKey();
    await untilEach(200, { apikey });

    expect((await session.portal.send('POST', `${keysPath()}/revoke`, { apikey })).status).toBe(200);
    await untilEach(401, { apikey });
  });

  it('connects to WebSocket APIs through both listeners of every gateway', async () => {
    const { backend = '' } = await lab.containers();
    const echo = await docker.getContainer(backend).exec({ Cmd: ['node', '-e', ECHO] });
    await echo.start({ Detach: true });
    const { access_token: token } = await applicationToken(session, application);
    const ca = readFileSync(status.trust.caFile, 'utf8');

    for (const origin of [...originsOf('ws'), ...originsOf('wss')]) {
      const heard = await until(
        'the answer of the back end',
        PATIENCE,
        () => hello(`${origin}${chat.path}`, token, ca),
        (seen) => seen === 'hello',
      );
      expect(heard).toBe('hello');
      expect(await hello(`${origin}${chat.path}`, 'wrong', ca)).toBe('401');
      expect(await hello(`${origin}/nothing/1.0.0`, token, ca)).toBe('404');
    }
  });
});

/** Five nodes. A Portal has no address of the Traffic Managers in the product's examples, and would keep revocations to itself. */
const topologyOf = (lab: string, version: string): string => `lab: ${lab}
version: ${version}
nodes:
  - role: key-manager
  - role: traffic-manager
  - role: publisher
  - role: developer-portal
    toml: |
      [[apim.throttling.url_group]]
      traffic_manager_urls = ["tcp://tm-1.${lab}.test:9611"]
      traffic_manager_auth_urls = ["ssl://tm-1.${lab}.test:9711"]
  - { role: gateway, replicas: 2 }
`;

/** What a client hears that says hello, or the status it is refused with. */
const hello = (url: string, token: string, ca: string): Promise<string> =>
  new Promise((resolve) => {
    const client = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` }, ca });
    client.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(String(response.statusCode));
    });
    client.on('error', (cause) => resolve(cause.message));
    client.on('open', () => client.send('hello'));
    client.on('message', (data) => {
      resolve(String(data));
      client.close();
    });
  });
