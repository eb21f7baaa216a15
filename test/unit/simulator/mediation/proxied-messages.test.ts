import { once } from 'node:events';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rawExchange } from '../raw-exchange.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { type GatewayUnderTest, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { message, rawClient, startRawBackend } from './raw-peers.ts';
import { resourceInfo } from './sample-info.ts';

useSharedKey();

const API = '/pizzashack/1.0.0';

/** A gateway with an open API for every verb and path. */
const startOpen = async (): Promise<GatewayUnderTest> => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ security: null, resources: [['GET POST PUT DELETE HEAD', '/*']] }));
  return gateway;
};

const answering =
  (...lines: readonly string[]) =>
  (socket: Socket): void =>
    void socket.write(message(['HTTP/1.1 200 OK', ...lines]));

const OK = answering('Content-Length: 0');

const get = (...lines: readonly string[]): string => message([`GET ${API}/x HTTP/1.1`, 'Host: gw', ...lines]);
const post = (...lines: readonly string[]): string => message([`POST ${API}/x HTTP/1.1`, 'Host: gw', ...lines]);
/** Answered by the gateway itself: shows that the connection still works. */
const NEXT = message(['GET /nowhere HTTP/1.1', 'Host: gw']);

describe('headers', () => {
  it('reach the back end as they were written, repeated ones one by one', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, OK);
    const sent = ['X-Multi: a', 'x-MULTI: b', 'Cookie: one=1', 'Cookie: two=2', 'User-Agent: lab', 'X-Latin: \xe9'];
    const client = await rawClient(gateway.port);
    client.socket.write(Buffer.from(get(...sent), 'latin1'));
    await client.until(/200 OK/);

    expect(backend.received()).toContain(`GET /x HTTP/1.1\r\n${sent.join('\r\n')}\r\nHost: 127.0.0.1:`);
  });

  it('come back as they were written, repeated ones one by one', async () => {
    const gateway = await startOpen();
    const sent = ['Server: own', 'X-Multi: 1', 'x-multi: 2', 'Set-Cookie: a=1', 'Set-Cookie: b=2', 'Content-Length: 0'];
    await startRawBackend(gateway, answering(...sent));

    expect(await rawExchange(gateway.port, get('Connection: close'))).toContain(`200 OK\r\n${sent.join('\r\n')}\r\n`);
  });

  it('of one connection end at the gateway, those it names included, both ways', async () => {
    const gateway = await startOpen();
    const own = [
      'Connection: close, X-Hop',
      'X-Hop: 1',
      'Keep-Alive: timeout=9',
      'Proxy-Connection: close',
      'Upgrade: h2c',
    ];
    const backend = await startRawBackend(gateway, answering(...own, 'X-End: 1', 'Content-Length: 0'));
    const reply = await rawExchange(
      gateway.port,
      get(...own, 'TE: trailers', 'Proxy-Authorization: Basic YTpi', 'X-End: 1'),
    );

    for (const text of [backend.received(), reply]) {
      expect(text).toContain('X-End: 1');
      expect(text).not.toMatch(/x-hop|timeout=9|proxy-|\r\nte:|upgrade/i);
    }
  });

  it('may be long, as may the URL; what is longer than 64 KiB with both does not get as far', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, OK);
    const path = `/${'p'.repeat(12_000)}?q=${'v'.repeat(20_000)}`;
    const long = (length: number) =>
      rawExchange(gateway.port, get('Connection: close', `X-Long: ${'h'.repeat(length)}`).replace('/x', path));

    expect(await long(70_000)).toMatch(/^HTTP\/1\.1 400 /);
    expect(backend.received()).toBe('');
    expect(await long(30_000)).toMatch(/^HTTP\/1\.1 200 /);
    expect(backend.received()).toContain(`GET ${path} HTTP/1.1\r\n`);
  });
});

describe('a body', () => {
  it('is asked for with 100 where the client waits for that, and the back end hears nothing of it', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, (socket, text) => text.endsWith('body') && OK(socket));
    const client = await rawClient(gateway.port);
    client.socket.write(post('Content-Length: 4', 'Expect: 100-continue'));
    expect(await client.until(/\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    client.socket.write('body');
    await client.until(/200 OK/);

    expect(backend.received()).toMatch(/Content-Length: 4\r\n.*\r\n\r\nbody$/s);
    expect(backend.received()).not.toMatch(/expect/i);
  });

  it('in chunks goes on chunk by chunk', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, (socket, text) => text.endsWith('0\r\n\r\n') && OK(socket));
    const client = await rawClient(gateway.port);
    client.socket.write(post('Transfer-Encoding: chunked') + '5\r\nfirst\r\n');
    await (await backend.connection()).until(/first/);
    client.socket.write('6\r\nsecond\r\n0\r\n\r\n');
    await client.until(/200 OK/);

    expect(backend.received()).toMatch(/Transfer-Encoding: chunked\r\n.*5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n$/s);
  });

  it('that there is none of is announced as none', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, OK);
    await rawExchange(gateway.port, post('Connection: close'));

    expect(backend.received()).toContain('\r\nContent-Length: 0\r\n');
    expect(backend.received()).not.toMatch(/transfer-encoding/i);
  });

  it('that is compressed passes as it is', async () => {
    const gateway = await startOpen();
    const zipped = gzipSync('pizza'.repeat(1000));
    await startBackend(gateway, (incoming, response) => {
      response.writeHead(200, {
        'Content-Encoding': incoming.headers['accept-encoding'],
        'Content-Length': zipped.length,
      });
      response.end(zipped);
    });
    const answer = await fetch(`${gateway.url}${API}/x`, { headers: { 'Accept-Encoding': 'gzip' } });

    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-length')).toBe(String(zipped.length));
    expect(await answer.text()).toBe('pizza'.repeat(1000));
  });

  it('loses its trailers, which are not announced either', async () => {
    const gateway = await startOpen();
    const chunked = ['Transfer-Encoding: chunked', 'Trailer: X-Sum'];
    const BODY = '5\r\npizza\r\n0\r\nX-Sum: 1\r\n\r\n';
    const backend = await startRawBackend(gateway, (socket, text) => {
      if (text.endsWith('0\r\n\r\n')) socket.write(message(['HTTP/1.1 200 OK', ...chunked], BODY));
    });
    const reply = await rawExchange(gateway.port, post('Connection: close', ...chunked) + BODY);

    expect(backend.received()).toMatch(/5\r\npizza\r\n0\r\n\r\n$/);
    expect(reply).toMatch(/5\r\npizza\r\n0\r\n\r\n$/);
    expect(backend.received() + reply).not.toMatch(/x-sum/i);
  });

  it('of an answer may end with the connection, or follow hints', async () => {
    const gateway = await startOpen();
    await startRawBackend(gateway, (socket) => {
      socket.end('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\npizza');
    });

    expect(await rawExchange(gateway.port, get('Connection: close'))).toMatch(
      /^HTTP\/1\.1 200 OK\r\n.*Transfer-Encoding: chunked.*5\r\npizza\r\n0\r\n\r\n$/s,
    );
    expect(await rawExchange(gateway.port, get().replace('HTTP/1.1', 'HTTP/1.0'))).toMatch(
      /^HTTP\/1\.1 200 OK\r\n(?!.*Transfer-Encoding).*\r\n\r\npizza$/s,
    );
  });

  it('of HEAD is only announced', async () => {
    const gateway = await startOpen();
    await startRawBackend(gateway, answering('Content-Length: 99'));
    const client = await rawClient(gateway.port);
    client.socket.write(get().replace('GET', 'HEAD') + NEXT);

    expect(await client.until(/404 Not Found/)).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 99\r\n/);
  });
});

describe('a client whose body nobody wants', () => {
  const LENGTH = 8_000_000;
  const announced = `Content-Length: ${LENGTH}`;

  it.each<[string, string, (socket: Socket) => void, string]>([
    [
      'answers early',
      '',
      (socket) => void socket.end('HTTP/1.1 413 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      '413 No',
    ],
    ['hangs up', '', (socket) => void socket.destroy(), '500 '],
    ['takes nothing', '<timeout><duration>30</duration></timeout>', (socket) => void socket.pause(), '101504'],
  ])('because the back end %s gets the answer, and the next one', async (_case, settings, react, expected) => {
    const gateway = await startOpen();
    await startRawBackend(gateway, react, settings);
    const client = await rawClient(gateway.port);
    client.socket.write(post(announced));
    client.socket.write(Buffer.alloc(LENGTH, 'x'));
    client.socket.write(NEXT);

    expect(await client.until(/404 Not Found/)).toContain(expected);
  });

  it('because it is refused gets the answer, and the next one', async () => {
    const gateway = await startGateway();
    await gateway.artifacts.apis.deploy(apiXml({ resources: [['POST', '/*']] }));
    gateway.keyManager.resources.splice(0, 1, resourceInfo({ uriTemplate: '/*', httpVerb: 'POST' }));
    const client = await rawClient(gateway.port);
    client.socket.write(post(announced));
    client.socket.write(Buffer.alloc(LENGTH, 'x'));
    client.socket.write(NEXT);

    expect(await client.until(/404 Not Found/)).toContain('900902');
  });
});

describe('a connection', () => {
  it('carries requests one behind the other, and their answers in that order', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (incoming, response) => void response.end(`<${incoming.url}>`));
    const client = await rawClient(gateway.port);
    client.socket.write(['/a', '/b', '/c'].map((path) => get().replace('/x', path)).join(''));
    const text = await client.until(/<\/base\/c>/);

    expect(text.match(/<[^>]*>/g)).toEqual(['</base/a>', '</base/b>', '</base/c>']);
  });

  it('that its client closes by half is given up, the call at the back end as well', async () => {
    const gateway = await startOpen();
    const backend = await startRawBackend(gateway, () => undefined);
    const client = await rawClient(gateway.port);
    client.socket.write(get());
    const { socket } = await backend.connection();
    const ended = once(socket, 'close');
    client.socket.end();
    await Promise.all([ended, once(client.socket, 'close')]);

    expect(client.text()).toBe('');
  });
});
