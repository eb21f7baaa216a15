import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { persistRevocations } from '../../../../compose/wso2am/server/announcements/persist-revocations.ts';
import { createEvents } from '../../../../compose/wso2am/server/carbon/events.ts';
import { load, type Tables } from '../config/deployment.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

const REVOKED = {
  token: 'f1b2',
  tokenType: 'DEFAULT',
  expiryTime: 0,
  consumerKey: 'ck',
  user: 'admin@carbon.super',
} as const;

const startNode = (tables: Tables) => {
  const events = createEvents(() => undefined);
  const { lines, log } = recordedLog();
  persistRevocations({ configuration: load(tables), events, log }, []);
  return { events, lines };
};

const startStore = (listener: RequestListener) => listenOnLoopback(createServer(listener));

const settings = (port: number, others: Readonly<Record<string, string | number>> = {}): Tables => ({
  'apim.token.revocation': { enable_persistent_notifier: true },
  'apim.token.revocation.persistent_notifier': { hostname: `http://127.0.0.1:${port}/v2/keys/jti/`, ...others },
});

describe('the persistent notifier', () => {
  it('puts each revoked token into the store', async () => {
    const puts: unknown[] = [];
    const port = await startStore(async (request, response) => {
      const { method, url, headers } = request;
      puts.push([method, url, headers.authorization, headers['content-type'], await text(request)]);
      response.writeHead(201).end();
    });
    const { events, lines } = startNode(settings(port, { ttl: 60, username: 'etcd', password: 'p:w' }));
    await events.tokenRevoked.fire(REVOKED);

    expect(puts).toEqual([
      [
        'PUT',
        '/v2/keys/jti/f1b2',
        `Basic ${Buffer.from('etcd:p:w').toString('base64')}`,
        'application/x-www-form-urlencoded; charset=UTF-8',
        'value=true&ttl=60',
      ],
    ]);
    expect(lines).toEqual([]);
  });

  it('logs a store that refuses, and one that is not there', async () => {
    const port = await startStore((_request, response) => void response.writeHead(401).end());
    const refusing = startNode(settings(port));
    await refusing.events.tokenRevoked.fire(REVOKED);
    const missing = startNode(settings(1));
    await missing.events.tokenRevoked.fire(REVOKED);

    expect(refusing.lines).toEqual(['ERROR Sending revoked token to persistent storage failed. HTTP error code : 401']);
    expect(missing.lines).toEqual(['ERROR Error while sending revoked token to the persistent storage :']);
  });

  it('is off unless it is asked for', async () => {
    const puts: unknown[] = [];
    const port = await startStore((request, response) => {
      puts.push(request.url);
      response.end();
    });
    const { events } = startNode({
      'apim.token.revocation.persistent_notifier': { hostname: `http://127.0.0.1:${port}/` },
    });
    await events.tokenRevoked.fire(REVOKED);

    expect(puts).toEqual([]);
  });
});
