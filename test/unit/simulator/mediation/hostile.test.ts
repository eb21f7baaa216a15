import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { heldResources, settledHeap } from '../held-resources.ts';
import { rawExchange } from '../raw-exchange.ts';
import { apiXml } from '../synapse/sample-artifacts.ts';
import { startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';
import { refusedInfo, resourceInfo } from './sample-info.ts';

useSharedKey();

const startPizza = async () => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ resources: [['GET POST', '/*']] }));
  const seen: string[] = [];
  await startBackend(gateway, (incoming, response) => {
    seen.push(incoming.url ?? '');
    response.end();
  });
  return { ...gateway, seen };
};

const API = '/pizzashack/1.0.0';

/** A gateway with an API that asks for no token, and what its back end was sent. */
const startOpen = async (listener?: RequestListener, settings?: string) => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ security: null, resources: [['GET POST', '/*']] }));
  const bodies: string[] = [];
  await startBackend(
    gateway,
    listener ??
      (async (incoming, response) => {
        // A client that goes away takes its body along.
        bodies.push(await text(incoming).catch(() => 'half'));
        response.end();
      }),
    settings,
  );
  return { ...gateway, bodies };
};

/** Writes bytes, ends its own half of the connection, and gives back everything that comes. */
const halfExchange = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.end(request);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
};

/** A request with everything its sender wants in its first line and headers. */
const get = (target: string, ...headers: readonly string[]): string =>
  `${[`GET ${target} HTTP/1.1`, 'Host: gw', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

/** A token that the Key Manager knows, of an application that is not subscribed here. */
const STRANGERS = 'token-of-another-application';

describe('a hostile request', () => {
  it.each([
    ['a broken percent sequence', get(`${API}/%zz`), 401],
    ['dots towards another API', get(`${API}/../../admin`), 401],
    ['a target in absolute form', get(`http://elsewhere${API}/x`), 401],
    ['a target that is an asterisk', get('*'), 404],
    ['a context that only begins alike', get(`${API}x/menu`), 404],
    ['bytes beyond ASCII', get(`${API}/\u00ff\u00fe`), 400],
    ['two tokens in one header', get(`${API}/x`, 'Authorization: Bearer a b'), 401],
    ['a token that is a statement', get(`${API}/x`, "Authorization: Bearer '--"), 401],
    ['a JWT without a signature', get(`${API}/x`, 'Authorization: Bearer e30.e30.'), 500],
    ['a header with a forged line', get(`${API}/x`, 'activityID: a%0d%0ab'), 401],
    ['a method nobody knows', get(`${API}/x`).replace('GET', 'MKCOL'), 405],
    ['an Origin with a line of its own', get(`${API}/x`, 'Origin: null'), 401],
    ['dots in another writing', get(`${API}/..%2f..%2fadmin`), 401],
    ['dots encoded twice', get(`${API}/%252e%252e/admin`), 401],
    ['a NUL byte in its path', get(`${API}/a%00b`), 401],
    ['a backslash in its path', get(`${API}\\..\\x`), 404],
    ['slashes without end', get(`${'/'.repeat(5_000)}pizzashack`), 404],
    ['a path of 60 KB', get(`${API}/${'x'.repeat(60_000)}`), 401],
    ['headers beyond 64 KB', get(`${API}/x`, `X-Long: ${'x'.repeat(70_000)}`), 400],
    ['two thousand headers', get(`${API}/x`, ...Array.from({ length: 2_000 }, (_, index) => `X-${index}: 1`)), 401],
    ['a token of 20 KB', get(`${API}/x`, `Authorization: Bearer ${'x'.repeat(20_000)}`), 401],
    ['SQL for a token', get(`${API}/x`, `Authorization: Bearer x';DROP/**/TABLE/**/AM_API;--`), 401],
    ['markup for a token', get(`${API}/x`, 'Authorization: Bearer </accessToken><x>'), 401],
    ['a Basic header of nobody', get(`${API}/x`, 'Authorization: Basic AAAA'), 401],
    ['an apikey that is none', get(`${API}/x`, 'apikey: e30.e30.e30'), 401],
    ['a token of another application', get(`${API}/x`, `Authorization: Bearer ${STRANGERS}`), 403],
    ['two lengths', get(`${API}/x`, 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['a length and chunks', get(`${API}/x`, 'Content-Length: 1', 'Transfer-Encoding: chunked'), 400],
    ['a length that is none', get(`${API}/x`, 'Content-Length: -1'), 400],
    ['a coding that is none', get(`${API}/x`, 'Transfer-Encoding: chunked, x'), 400],
    ['a header that is folded', get(`${API}/x`, 'X-A: b\r\n c: d'), 400],
    ['a header with a NUL byte', get(`${API}/x`, 'X-A: b\u0000c'), 400],
    ['a version that is none', get(`${API}/x`).replace('HTTP/1.1', 'HTTP/9.9'), 400],
    ['TLS where plain text is spoken', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ])('with %s gets a status, and does not reach the back end', async (_case, request, status) => {
    const gateway = await startPizza();
    gateway.keyManager.resources.splice(0, 1, resourceInfo({ uriTemplate: '/*' }));
    gateway.keyManager.tokens.set(STRANGERS, refusedInfo(900908));
    const reply = await rawExchange(gateway.port, request);

    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(reply).not.toMatch(/at .*\.ts:\d+/);
    expect(gateway.seen).toEqual([]);
  });

  it.each([
    ['an entity of entities', '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>', 'text/xml'],
    ['a file of the server', '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', 'application/xml'],
    ['fifty thousand levels', '<a>'.repeat(50_000), 'application/soap+xml'],
    ['half a JSON', '{"a":', 'application/json'],
    ['JSON of fifty thousand levels', '['.repeat(50_000), 'application/json'],
    ['no UTF-8', '\u00ff\u00fe', 'application/json'],
    ['a form that is none', '--x\r\n', 'multipart/form-data; boundary=y'],
  ])('may hold %s: the gateway reads no bodies, and passes it on as it is', async (_case, body, type) => {
    const gateway = await startOpen();
    const head = get(`${API}/x`, `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`);
    const reply = await rawExchange(gateway.port, head.replace('GET', 'POST') + body);

    expect(reply).toMatch(/^HTTP\/1\.1 200 /);
    expect(gateway.bodies).toEqual([body]);
  });

  it.each([
    ['half of its body is missing', `POST ${API}/x HTTP/1.1\r\nHost: gw\r\nContent-Length: 100\r\n\r\nhalf`],
    ['its chunks end in the middle', `POST ${API}/x HTTP/1.1\r\nHost: gw\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab`],
    ['its chunks are none', `POST ${API}/x HTTP/1.1\r\nHost: gw\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['its headers end in the middle', `GET ${API}/x HTTP/1.1\r\nHost: g`],
    ['it says nothing', ''],
  ])('that ends although %s is dropped, and not held against the back end', async (_case, request) => {
    const gateway = await startOpen();
    const reply = await halfExchange(gateway.port, request);

    expect(reply).not.toMatch(/^HTTP\/1\.1 (?:200|5\d\d) /);
    expect(await rawExchange(gateway.port, get(`${API}/x`))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('whose back end never answers costs its time-out, however many there are at once', async () => {
    const gateway = await startOpen(() => undefined, '<timeout><duration>50</duration></timeout>');
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) => rawExchange(gateway.port, get(`${API}/${index}`))),
    );

    for (const reply of replies) expect(reply).toMatch(/<am:code>(?:101504|303001)</);
  });

  it('leaves nothing behind, however many there are', async () => {
    const gateway = await startPizza();
    const storm = () =>
      Promise.all(Array.from({ length: 200 }, (_, index) => rawExchange(gateway.port, get(`${API}/${index}/%zz`))));
    await storm();
    const handles = heldResources();
    const heap = settledHeap();
    for (let times = 0; times < 5; times += 1) await storm();

    expect(heldResources()).toEqual(handles);
    expect(settledHeap() - heap).toBeLessThan(4 * 1024 * 1024);
  });

  it('leaves the gateway as it was', async () => {
    const gateway = await startPizza();
    await Promise.all(Array.from({ length: 50 }, (_, index) => rawExchange(gateway.port, get(`${API}/${index}`))));

    expect(await rawExchange(gateway.port, get('/nowhere'))).toMatch(/^HTTP\/1\.1 404 /);
  });
});
