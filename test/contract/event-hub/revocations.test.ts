import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { passOnPortalRevocations } from '../../../compose/wso2am/server/announcements/pass-on-portal-revocations.ts';
import { reportRevocations } from '../../../compose/wso2am/server/announcements/report-revocations.ts';
import { createEvents, type RevokedToken } from '../../../compose/wso2am/server/carbon/events.ts';
import type { StreamDefinition } from '../../../compose/wso2am/server/databridge/stream-definition.ts';
import { eventHubEndpoints } from '../../../compose/wso2am/server/event-hub/endpoints.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { load, type Tables } from '../../unit/simulator/config/deployment.ts';
import { listenOnLoopback } from '../../unit/simulator/loopback-server.ts';
import { usePortals } from '../devportal/fixture.ts';
import type { PortalNode } from '../devportal/portal-node.ts';
import { certificates, recordingLog } from '../publisher/listen.ts';
import { ADMIN, startDataNode, startedGateway } from './data-node.ts';

const portals = usePortals();
let portal: PortalNode;

beforeAll(async () => {
  portal = await portals.start('3.2.0');
});

const PATH = '/internal/data/v1/notify';
const EXPIRY = 4_000_000_000_000;

/** Notes what is published, in the place of the agent of a Traffic Manager. */
const recorder = () => {
  const published: { readonly stream: string; readonly payload: unknown }[] = [];
  const publish = (stream: StreamDefinition, payload: unknown): boolean => {
    published.push({ stream: stream.id, payload });
    return true;
  };
  return { published, publish };
};

const start = async (tables?: Tables) => {
  const { published, publish } = recorder();
  const hub = await startDataNode(portal, (context) =>
    eventHubEndpoints(tables ? { ...context, configuration: load(tables, { version: '3.2.0' }) } : context, {
      publish,
    }),
  );
  const signatures = async (): Promise<readonly unknown[]> =>
    JSON.parse((await hub.request('/internal/data/v1/revokedjwt')).text).map(
      (each: { readonly jwt_signature: unknown }) => each.jwt_signature,
    );
  return { ...hub, published, signatures };
};

const notice = (accessToken: string) => ({
  eventId: randomUUID(),
  timeStamp: 1,
  type: 'token_revocation',
  tenantId: -1234,
  tenantDomain: 'carbon.super',
  accessToken,
  expiryTime: EXPIRY,
  user: 'admin',
  consumerKey: 'key',
  tokenType: 'JWT',
});

const post = (event: unknown, name?: string): RequestInit => ({
  method: 'POST',
  headers: { ...ADMIN, 'Content-Type': 'application/json', ...(name !== undefined && { 'X-WSO2-KEY-MANAGER': name }) },
  body: typeof event === 'string' ? event : JSON.stringify(event),
});

describe('POST /notify', () => {
  it.each(['default', '', undefined])(
    'keeps the signature of a JWT and tells gateways, from key manager %o',
    async (name) => {
      const { request, published, signatures } = await start();
      const signature = randomUUID();
      const event = notice(`head.body.${signature}`);
      expect(await request(PATH, post(event, name))).toEqual({ status: 200, text: '' });
      expect(await signatures()).toContain(signature);
      expect(published).toEqual([
        {
          stream: 'org.wso2.apimgt.token.revocation.stream:1.0.0',
          payload: {
            eventId: event.eventId,
            revokedToken: event.accessToken,
            ttl: '5000',
            expiryTime: BigInt(EXPIRY),
            type: 'JWT',
            tenantId: -1234,
          },
        },
      ]);
    },
  );

  it('answers a key manager nobody knows like any other, and does nothing', async () => {
    const { request, published, signatures } = await start();
    const signature = randomUUID();
    expect(await request(PATH, post(notice(`head.body.${signature}`), 'Default'))).toEqual({ status: 200, text: '' });
    expect(published).toEqual([]);
    expect(await signatures()).not.toContain(signature);
  });

  it('tells gateways of an opaque token, and keeps nothing of it', async () => {
    const { request, published, signatures } = await start();
    const before = await signatures();
    await request(PATH, post({ ...notice(randomUUID()), expiryTime: 0, tokenType: 'Default' }, 'default'));
    expect(published).toHaveLength(1);
    expect(await signatures()).toEqual(before);
  });

  it('keeps an event once that comes twice', async () => {
    const { request, signatures } = await start();
    const signature = randomUUID();
    const event = notice(`head.body.${signature}`);
    for (const _time of [1, 2]) expect((await request(PATH, post(event, 'default'))).status).toBe(200);
    expect((await signatures()).filter((each) => each === signature)).toHaveLength(1);
  });

  it('forgets JWTs that have expired since', async () => {
    const { request, signatures } = await start();
    const [past, present] = [randomUUID(), randomUUID()];
    await request(PATH, post({ ...notice(`head.body.${past}`), expiryTime: 1 }, 'default'));
    await request(PATH, post(notice(`head.body.${present}`), 'default'));
    const kept = await signatures();
    expect(kept).toContain(present);
    expect(kept).not.toContain(past);
  });

  it('puts the token into the persistent store, where there is one', async () => {
    const puts: (string | undefined)[] = [];
    const store = createServer((call, response) => {
      puts.push(`${call.method} ${call.url}`);
      response.writeHead(201).end();
    });
    const port = await listenOnLoopback(store);
    const { request, published } = await start({
      'apim.token.revocation': { enable_persistent_notifier: true },
      'apim.token.revocation.persistent_notifier': { hostname: `http://127.0.0.1:${port}/jti/` },
    });
    expect(await request(PATH, post(notice('opaque'), 'default'))).toEqual({ status: 200, text: '' });
    expect(puts).toEqual(['PUT /jti/opaque']);
    expect(published).toHaveLength(1);
  });

  it.each([
    ['other events', '{"type":"other"}', 200],
    ['a revocation that is no JSON', 'token_revocation', 500],
    ['a revocation without a token', '{"type":"token_revocation","eventId":"1"}', 500],
  ])('answers %s and passes nothing on', async (_what, body, status) => {
    const { request, published } = await start();
    expect((await request(PATH, post(body, 'default'))).status).toBe(status);
    expect(published).toEqual([]);
  });
});

/** A Key Manager whose `[[event_listener]]` reports to this hub. */
const keyManager = async (url: string, password = 'admin') => {
  const listener = {
    id: 'token_revocation',
    name: 'org.wso2.is.notification.ApimOauthEventInterceptor',
    'properties.notification_endpoint': `${url}${PATH}`,
    'properties.username': `\${admin.username}`,
    'properties.password': password,
    "properties.'header.X-WSO2-KEY-MANAGER'": 'default',
  };
  const complaints: string[] = [];
  const log = recordingLog(complaints);
  const events = createEvents((what, cause) => complaints.push(`${what}: ${String(cause)}`));
  const configuration = load({ event_listener: [listener] }, { version: '3.2.0' });
  const properties = new Map([['admin.username', 'admin']]);
  const trusted = [credentialOf(await certificates, 'ca').certificate];
  reportRevocations({ version: '3.2.0', configuration, properties, events, log: () => log }, trusted);
  return { events, complaints };
};

const revoked = (signature: string, tokenType: RevokedToken['tokenType'] = 'JWT'): RevokedToken => ({
  token: `head.body.${signature}`,
  tokenType,
  expiryTime: EXPIRY,
  consumerKey: 'key',
  user: 'admin@carbon.super',
});

describe('a Key Manager of 3.2.0', () => {
  it('reports what it revoked, so that gateways that start later refuse it', async () => {
    const { url, published } = await start();
    const { events, complaints } = await keyManager(url);
    const signature = randomUUID();
    await events.tokenRevoked.fire(revoked(signature));
    await expect.poll(() => published).toHaveLength(1);
    expect((await startedGateway(portal, url)).revokedJwts.has(signature)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('logs where it could not report to, and goes on', async () => {
    const { events, complaints } = await keyManager('https://localhost:1');
    await events.tokenRevoked.fire(revoked(randomUUID()));
    await expect.poll(() => complaints).toHaveLength(1);
    expect(complaints[0]).toContain(`Error while sending Revocation Event to https://localhost:1${PATH}`);
  });

  it('logs that the event hub refused', async () => {
    const { url, published } = await start();
    const { events, complaints } = await keyManager(url, 'wrong');
    await events.tokenRevoked.fire(revoked(randomUUID()));
    await expect.poll(() => complaints).toHaveLength(1);
    expect(complaints[0]).toContain('it answered 401');
    expect(published).toEqual([]);
  });
});

describe('a Portal of 3.2.0', () => {
  it('keeps an API key that was taken back, and tells gateways itself', async () => {
    const { signatures } = await start();
    const { published, publish } = recorder();
    const events = createEvents(() => undefined);
    passOnPortalRevocations({ ...portal.context, role: 'developer-portal', events }, { publish });
    const signature = randomUUID();
    await events.tokenRevoked.fire(revoked(signature, 'API_KEY'));
    expect(published).toMatchObject([{ payload: { revokedToken: `head.body.${signature}`, type: 'API_KEY' } }]);
    expect(await signatures()).toContain(signature);
  });
});
