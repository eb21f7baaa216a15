import { createServer } from 'node:https';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Timers } from '../../../../compose/wso2am/server/broker/timers.ts';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import {
  eventHubOf,
  retrieveFromEventHub,
} from '../../../../compose/wso2am/server/subscription-data/retrieve-from-event-hub.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { load } from '../config/deployment.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

let authority: Credential;
let server: Credential;

beforeAll(async () => {
  authority = await testAuthority();
  server = await serverCredential(authority, 'localhost');
});

type Seen = { readonly url: string | undefined; readonly authorization: unknown; readonly tenant: unknown };

/** An event hub that fails so many times before it answers; time passes as soon as somebody waits for it. */
const startHub = async (failures: number, stopAt = Number.POSITIVE_INFINITY) => {
  const seen: Seen[] = [];
  const hub = createServer({ key: server.key, cert: server.certificate }, (incoming, response) => {
    const { authorization, xwso2tenant: tenant } = incoming.headers;
    seen.push({ url: incoming.url, authorization, tenant });
    response.statusCode = seen.length > failures ? 200 : 503;
    response.end('{"count":0,"list":[]}');
  });
  const port = await listenOnLoopback(hub);
  const waits: number[] = [];
  const ending = new AbortController();
  const timers: Timers = {
    after: (milliseconds, work) => {
      waits.push(milliseconds);
      if (waits.length >= stopAt) ending.abort(new Error('the node stops'));
      else setImmediate(work);
      return () => undefined;
    },
    every: () => () => undefined,
  };
  const { lines, log } = recordedLog();
  const agent = upstreamAgent([authority.certificate]);
  onTestFinished(() => agent.destroy());
  const retrieve = retrieveFromEventHub(
    { url: `https://localhost:${port}/internal/data/v1`, username: 'admin', password: 'secret' },
    { agent, log: log(''), timers, signal: ending.signal },
  );
  return { retrieve, seen, waits, lines };
};

describe('asking the event hub', () => {
  it('takes its JSON, for Basic credentials and the tenant', async () => {
    const { retrieve, seen, waits } = await startHub(0);

    expect(await retrieve('/apis?context=%2Fa&version=1')).toEqual({ count: 0, list: [] });
    expect(seen).toEqual([
      {
        url: '/internal/data/v1/apis?context=%2Fa&version=1',
        authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}`,
        tenant: 'carbon.super',
      },
    ]);
    expect(waits).toEqual([]);
  });

  it('is tried again after 15 seconds, and each time said', async () => {
    const { retrieve, waits, lines } = await startHub(2);
    await retrieve('/apis');

    expect(waits).toEqual([15_000, 15_000]);
    expect(lines).toEqual(
      Array(2).fill('WARN Failed retrieving /apis from remote endpoint: it answered 503. Retrying after 15 seconds.'),
    );
  });

  it('is given up after fifteen attempts', async () => {
    const { retrieve, seen, waits } = await startHub(100);

    await expect(retrieve('/apis')).rejects.toThrow('it answered 503');
    expect([seen.length, waits.length]).toEqual([15, 14]);
  });

  it('ends when the node stops', async () => {
    const { retrieve, seen } = await startHub(100, 3);

    await expect(retrieve('/apis')).rejects.toThrow('the node stops');
    expect(seen).toHaveLength(3);
  });
});

describe('where the event hub is', () => {
  it('is told by the service URL of throttling, unless it has one of its own', () => {
    const hubOf = (tables: Parameters<typeof load>[0]) =>
      eventHubOf({ configuration: load(tables, { version: '3.2.0' }), properties: new Map() });
    const throttling = { service_url: 'https://tm.lab:9443/services/', username: 'boss', password: 'x' };
    const own = { service_url: 'https://hub.lab:9444/services/' };

    expect(hubOf({ 'apim.throttling': throttling })).toEqual({
      url: 'https://tm.lab:9443/internal/data/v1',
      username: 'boss',
      password: 'x',
    });
    expect(hubOf({ 'apim.throttling': throttling, 'apim.event_hub': own }).url).toBe(
      'https://hub.lab:9444/internal/data/v1',
    );
  });
});
