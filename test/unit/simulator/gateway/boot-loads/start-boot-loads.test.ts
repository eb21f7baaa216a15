import { createServer, type IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../../../compose/wso2am/server/broker/timers.ts';
import type { Log } from '../../../../../compose/wso2am/server/carbon/log.ts';
import { startBootLoads } from '../../../../../compose/wso2am/server/gateway/boot-loads/start-boot-loads.ts';
import { createRevokedJwts } from '../../../../../compose/wso2am/server/gateway/revoked-jwts.ts';
import { createBlockingConditions } from '../../../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import { createKeyTemplates } from '../../../../../compose/wso2am/server/throttling/gateway/key-templates.ts';
import type { Version } from '../../../../../lab/product/versions.ts';
import { load, type Tables } from '../../config/deployment.ts';
import { listenOnLoopback } from '../../loopback-server.ts';
import { sampleRequest } from '../../throttling/gateway/sample-request.ts';

/** Timers whose waits end at once, and which remember how long they would have been. */
const hastyTimers = () => {
  const waits: number[] = [];
  const timers: Timers = {
    after: (milliseconds, work) => {
      waits.push(milliseconds);
      const immediate = setImmediate(work);
      return () => clearImmediate(immediate);
    },
    every: () => () => undefined,
  };
  return { timers, waits };
};

/** Timers whose waits never end. */
const stoppedTimers: Timers = { after: () => () => undefined, every: () => () => undefined };

type Reply = { readonly status: number; readonly body: string };

const ANSWERS: Readonly<Record<string, unknown>> = {
  block: { api: [], application: [], ip: [], user: ['mallory@carbon.super'], custom: [] },
  keyTemplates: ['$userId:$apiContext'],
  revokedjwt: [{ jwt_signature: 'abc', expiry_time: 4_000_000_000_000 }],
};

const answerOf = (url: string): Reply => ({
  status: 200,
  body: JSON.stringify(ANSWERS[url.slice(url.lastIndexOf('/') + 1)]),
});

type Options = {
  readonly version?: Version;
  readonly reply?: (url: string, calls: readonly IncomingMessage[]) => Reply;
  readonly tables?: (port: number) => Tables;
  readonly timers?: Timers;
};

/** Loads of a gateway from a server that replies as told; what is not told is answered well. */
const start = async ({ version = '3.0.0', reply = answerOf, tables, timers = stoppedTimers }: Options) => {
  const calls: IncomingMessage[] = [];
  const lines: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request);
    const { status, body } = reply(request.url ?? '', calls);
    response.writeHead(status).end(body);
  });
  const port = await listenOnLoopback(server);
  const url = `http://127.0.0.1:${port}/services/`;
  const own = version === '3.2.0' ? 'apim.throttling' : 'apim.key_manager';
  const defaults = { [own]: { service_url: url, username: 'admin', password: 'p:w' } };
  const configuration = load(tables?.(port) ?? defaults, { version });
  const keep =
    (level: string) =>
    (text: string): void =>
      void lines.push(`${level} ${text}`);
  const log: Log = {
    debug: () => undefined,
    info: keep('INFO'),
    warn: keep('WARN'),
    error: keep('ERROR'),
    fatal: keep('FATAL'),
  };
  const loaded = {
    holders: { blockingConditions: createBlockingConditions(), keyTemplates: createKeyTemplates() },
    revokedJwts: createRevokedJwts(),
  };
  const properties = new Map([['admin.username', 'admin']]);
  const context = { version, configuration, properties, log: () => log };
  const loads = startBootLoads(context, loaded, { agent: new Agent(), timers });
  return { loads, loaded, calls, lines, port };
};

const paths = (calls: readonly IncomingMessage[]): readonly string[] => calls.map(({ url }) => url ?? '').sort();

const BASIC = `Basic ${Buffer.from('admin:p:w').toString('base64')}`;

describe('a gateway that starts', () => {
  it('takes conditions, templates and signatures from its Key Manager after the start delay', async () => {
    const { timers, waits } = hastyTimers();
    const { loads, loaded, calls, lines } = await start({ timers });
    await loads.done;
    expect(paths(calls)).toEqual([
      '/throttle/data/v1/block',
      '/throttle/data/v1/keyTemplates',
      '/throttle/data/v1/revokedjwt',
    ]);
    expect(new Set(calls.map(({ headers }) => headers.authorization))).toEqual(new Set([BASIC]));
    expect(waits).toEqual([60_000]);
    const request = sampleRequest({ user: 'mallory@carbon.super' });
    expect(loaded.holders.blockingConditions.blocks(request)).toBe(true);
    const [resource] = request.resources;
    expect(resource && loaded.holders.keyTemplates.keysOf(request, resource)).toEqual([
      `mallory@carbon.super:${request.apiContext}`,
    ]);
    expect(loaded.revokedJwts.has('abc')).toBe(true);
    expect(lines).toEqual([]);
  });

  it('takes them from the event hub at once in 3.2.0, and names the tenant', async () => {
    const { loads, loaded, calls } = await start({ version: '3.2.0' });
    await loads.done;
    expect(paths(calls)).toEqual([
      '/internal/data/v1/block',
      '/internal/data/v1/keyTemplates',
      '/internal/data/v1/revokedjwt',
    ]);
    expect(calls[0]?.headers).toMatchObject({ authorization: BASIC, xwso2tenant: 'carbon.super' });
    expect(loaded.revokedJwts.has('abc')).toBe(true);
  });

  it('sends a placeholder in the user name of the event hub as it is written', async () => {
    const { loads, calls } = await start({
      version: '3.2.0',
      tables: (port) => ({
        'apim.throttling': { service_url: `http://127.0.0.1:${port}/services/` },
        'apim.event_hub': { username: `\${admin.username}`, password: 'x' },
      }),
    });
    await loads.done;
    const written = Buffer.from(`\${admin.username}:x`).toString('base64');
    expect(calls[0]?.headers.authorization).toBe(`Basic ${written}`);
  });

  it('keeps to the configured start delay', async () => {
    const { timers, waits } = hastyTimers();
    const { loads } = await start({
      timers,
      tables: (port) => ({
        'apim.key_manager': { service_url: `http://127.0.0.1:${port}/services/` },
        'apim.throttling.blacklist_condition': { start_delay: '2s' },
      }),
    });
    await loads.done;
    expect(waits).toEqual([2_000]);
  });

  it('asks for revoked JWTs only, where blocking conditions are switched off', async () => {
    const { timers } = hastyTimers();
    const { loads, calls } = await start({
      timers,
      tables: (port) => ({
        'apim.key_manager': { service_url: `http://127.0.0.1:${port}/services/` },
        'apim.throttling': { enable_blacklist_condition: false },
      }),
    });
    await loads.done;
    expect(paths(calls)).toEqual(['/throttle/data/v1/revokedjwt']);
  });
});

describe('a load that fails', () => {
  const refuseBlock =
    (times: number) =>
    (url: string, calls: readonly IncomingMessage[]): Reply => {
      const asked = calls.filter((call) => call.url === url).length;
      return url.endsWith('/block') && asked <= times ? { status: 503, body: '' } : answerOf(url);
    };

  it('is tried again every 15 seconds', async () => {
    const { timers, waits } = hastyTimers();
    const { loads, loaded, lines } = await start({ version: '3.2.0', timers, reply: refuseBlock(2) });
    await loads.done;
    expect(waits).toEqual([15_000, 15_000]);
    const line =
      'WARN Failed retrieving Blocking Conditions from remote endpoint: it answered 503. Retrying after 15 seconds...';
    expect(lines).toEqual([line, line]);
    expect(loaded.holders.blockingConditions.blocks(sampleRequest({ user: 'mallory@carbon.super' }))).toBe(true);
  });

  it('is given up after the fifteenth time, while the others are loaded', async () => {
    const { timers, waits } = hastyTimers();
    const { loads, loaded, lines } = await start({ version: '3.2.0', timers, reply: refuseBlock(99) });
    await loads.done;
    expect(waits).toHaveLength(14);
    expect(lines.at(-1)).toBe(
      'ERROR Failed retrieving Blocking Conditions from remote endpoint: it answered 503. Gave up after 15 attempts',
    );
    expect(loaded.revokedJwts.has('abc')).toBe(true);
  });

  it('says so when the answer is of another form', async () => {
    const reply = (url: string): Reply => (url.endsWith('jwt') ? { status: 200, body: '[{"jti":1}]' } : answerOf(url));
    const { loads, lines, port } = await start({ version: '3.2.0', reply });
    await loads.done;
    expect(lines).toEqual([
      `ERROR Could not read the revoked JWT signatures that http://127.0.0.1:${port}/internal/data/v1 answered`,
    ]);
  });

  it('is not waited for when the node stops, neither before the first try nor between two', async () => {
    const before = await start({ version: '3.1.0' });
    before.loads.stop();
    await before.loads.done;
    expect(before.calls).toEqual([]);

    const unreachable = (): Reply => ({ status: 500, body: '' });
    const between = await start({ version: '3.2.0', reply: unreachable });
    await expect.poll(() => between.lines).toHaveLength(3);
    between.loads.stop();
    await between.loads.done;
    expect(between.calls).toHaveLength(3);
  });
});
