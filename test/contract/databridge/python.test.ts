import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../compose/wso2am/server/databridge/agent/create-agent.ts';
import { THROTTLE_REQUEST } from '../../../compose/wso2am/server/databridge/streams.ts';
import type { Credential } from '../../../lab/render/certificates/certificate-set.ts';
import { recordedLog } from '../../unit/simulator/databridge/recorded-log.ts';
import { numbered } from '../../unit/simulator/databridge/sample-events.ts';
import { startReceiver } from '../../unit/simulator/databridge/start-receiver.ts';
import { serverCredential, testAuthority } from '../../unit/simulator/loopback-tls.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const title = hasPython
  ? 'the binary databridge, as Python reads wire.md'
  : 'the binary databridge, as Python reads wire.md (skipped: there is no python3 on this machine)';

const LIMIT = { timeout: 30_000 };
const EXCEPTIONS = 'org.wso2.carbon.databridge.commons.exception';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe.skipIf(!hasPython)(title, LIMIT, () => {
  let directory: string;
  let authority: Credential;
  let server: Credential;
  const file = (name: string): string => join(directory, name);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'databridge-'));
    authority = await testAuthority();
    server = await serverCredential(authority, 'localhost');
    await writeFile(file('ca.pem'), authority.certificate);
    await writeFile(file('server.pem'), server.certificate);
    await writeFile(file('server.key'), server.key);
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('lets a client log in over TLS and publish over TCP', async () => {
    const { port, tlsPort, events } = await startReceiver(server);

    const { stdout } = await promisify(execFile)(
      'python3',
      [script('client.py'), `${port}`, `${tlsPort}`, file('ca.pem')],
      LIMIT,
    );

    const answers = z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout));
    const session = answers.login?.[1] ?? '';
    expect(session).toMatch(/^[0-9a-f-]{36}$/);
    expect(answers).toEqual({
      'wrong password': ['error', `${EXCEPTIONS}.AuthenticationException`, 'wrong userName or password'],
      login: ['session', session],
      publish: ['ok'],
      'unknown session': ['error', `${EXCEPTIONS}.SessionTimeoutException`, 'nobody expired'],
      logout: ['ok'],
      'after logout': ['error', `${EXCEPTIONS}.SessionTimeoutException`, `${session} expired`],
    });
    const names = THROTTLE_REQUEST.payload.map(([name]) => name);
    expect(events).toEqual([
      {
        stream: THROTTLE_REQUEST,
        timestamp: 1_600_000_000_000,
        meta: {},
        correlation: {},
        payload: Object.fromEntries(names.map((name, index) => [name, `v${index}`])),
        arbitrary: new Map(),
      },
      {
        stream: THROTTLE_REQUEST,
        timestamp: 1_600_000_000_001,
        meta: {},
        correlation: {},
        payload: { ...Object.fromEntries(names.map((name) => [name, null])), properties: 'Größe' },
        arbitrary: new Map([['key', 'value']]),
      },
    ]);
  });

  it('lets an agent log in, publish in batches, log in again after an expired session, and log out', async () => {
    const python = spawn('python3', [script('receiver.py'), file('server.pem'), file('server.key')]);
    onTestFinished(() => void python.kill());
    const lines = createInterface(python.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => {
      const line = await lines.next();
      return line.done ? undefined : JSON.parse(line.value);
    };
    const [port, tlsPort] = z.tuple([z.number(), z.number()]).parse(await next());
    const { log } = recordedLog();
    const agent = createAgent({
      groups: [{ type: 'failover', urls: [`tcp://127.0.0.1:${port}`], authUrls: [`ssl://127.0.0.1:${tlsPort}`] }],
      username: 'admin',
      password: 'pässword',
      trusted: [authority.certificate],
      log,
    });

    for (let number = 0; number < 450; number += 1) agent.publish(THROTTLE_REQUEST, numbered(number));
    await agent.close(10_000);

    const login = { request: 'login', user: 'admin', password: 'pässword' };
    expect(await next()).toEqual(login);
    const first = PUBLISH.parse(await next());
    expect(await next()).toEqual({ request: 'expired', session: 'session-1' });
    expect(await next()).toEqual(login);
    const [second, third] = [PUBLISH.parse(await next()), PUBLISH.parse(await next())];
    expect(await next()).toEqual({ request: 'logout', session: 'session-2' });

    expect([first, second, third].map(({ session, events }) => [session, events.length])).toEqual([
      ['session-1', 200],
      ['session-2', 200],
      ['session-2', 50],
    ]);
    const all = [first, second, third].flatMap(({ events }) => events);
    expect(all.map(({ texts }) => texts)).toEqual(
      all.map((_, number) => Object.values(numbered(number)).map((value) => value ?? '')),
    );
    expect(new Set(all.map(({ stream }) => stream))).toEqual(new Set([THROTTLE_REQUEST.id]));
  });
});

const PUBLISH = z.object({
  request: z.literal('publish'),
  session: z.string(),
  events: z.array(z.object({ timestamp: z.number(), stream: z.string(), texts: z.array(z.string()) })),
  rest: z.literal(0),
});
