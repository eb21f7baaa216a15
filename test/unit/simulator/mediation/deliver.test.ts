import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, get, request as httpRequest } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listenOnLoopback } from '../loopback-server.ts';
import { rawExchange } from '../raw-exchange.ts';
import { apiXml, endpointXml, PRODUCTION } from '../synapse/sample-artifacts.ts';
import { type GatewayUnderTest, startBackend, startGateway, useSharedKey } from './gateway-under-test.ts';

useSharedKey();

const NEVER_SUSPENDED =
  '<suspendOnFailure><errorCodes>-1</errorCodes></suspendOnFailure><markForSuspension><errorCodes>-1</errorCodes></markForSuspension>';

/** A gateway with an open API for every verb and path. */
const startOpen = async (): Promise<GatewayUnderTest & { readonly base: string }> => {
  const gateway = await startGateway();
  await gateway.artifacts.apis.deploy(apiXml({ security: null, resources: [['GET POST PUT HEAD', '/*']] }));
  return { ...gateway, base: `${gateway.url}/pizzashack/1.0.0` };
};

const deployAt = ({ artifacts }: GatewayUnderTest, port: number, settings = '') =>
  artifacts.endpoints.deploy(endpointXml(PRODUCTION, `http://127.0.0.1:${port}`, settings));

/** A port on which nobody listens. */
const closedPort = async (): Promise<number> => {
  const server = createTcpServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
};

const faultOf = async (answer: Response) => ({
  status: answer.status,
  code: Number(/<am:code>(\d+)</.exec(await answer.clone().text())?.[1]),
  description: /<am:description>([^<]*)</.exec(await answer.text())?.[1],
});

describe('a back end that fails', () => {
  it('refuses: 101503', async () => {
    const gateway = await startOpen();
    await deployAt(gateway, await closedPort());

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toEqual({
      status: 500,
      code: 101503,
      description: 'Error connecting to the back end',
    });
    expect(gateway.lines.some((line) => line.includes('ERROR_CODE = 101503'))).toBe(true);
  });

  it('hangs: 101504 after the time-out of its endpoint', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, () => undefined, '<timeout><duration>30</duration></timeout>');

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({
      code: 101504,
      description: 'Send timeout',
    });
  });

  it('closes: 101505', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (incoming) => incoming.socket.destroy());

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({ status: 500, code: 101505 });
  });

  it('speaks no HTTP: 101506', async () => {
    const gateway = await startOpen();
    const nonsense = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('AMQP\r\n\r\n');
    });
    await deployAt(gateway, await listenOnLoopback(nonsense));

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({ status: 500, code: 101506 });
  });

  it('is a TLS server spoken to in plain: a fault, not a crash', async () => {
    const gateway = await startOpen();
    await gateway.artifacts.endpoints.deploy(
      endpointXml(PRODUCTION, `https://127.0.0.1:${await listenOnLoopback(createHttpServer())}`),
    );

    expect((await fetch(`${gateway.base}/x`)).status).toBe(500);
  });

  it('breaks off within its answer: the client’s connection ends', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (_incoming, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half', () => response.destroy());
    });
    const answer = await fetch(`${gateway.base}/x`);

    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('falls silent within its answer: the client’s connection ends after three minutes, counted from what came last', async () => {
    const gateway = await startOpen();
    let saysMore = (): void => undefined;
    await startBackend(gateway, (_incoming, response) => {
      response.write('more');
      saysMore = () => void response.write('more');
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const [answer] = await once(get(`${gateway.base}/x`), 'response');
    await once(answer, 'data');

    for (let rounds = 0; rounds < 3; rounds += 1) {
      vi.advanceTimersByTime(179_000);
      saysMore();
      expect(String(await once(answer, 'data'))).toBe('more');
    }
    vi.advanceTimersByTime(181_000);
    await expect(once(answer, 'end')).rejects.toThrow('aborted');
  });

  it('is not deployed: 305100, naming it', async () => {
    const gateway = await startOpen();

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({
      code: 305100,
      description: expect.stringContaining(PRODUCTION),
    });
  });

  it('closed a kept connection just before the next call: that call is none the worse', async () => {
    const gateway = await startOpen();
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      let answered = false;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        // The first connection looks reusable and is closed when it is used again.
        if (answered) return void socket.destroy();
        answered = true;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok');
      });
    });
    await deployAt(gateway, await listenOnLoopback(server));

    expect(await (await fetch(`${gateway.base}/x`)).text()).toBe('ok');
    expect(await (await fetch(`${gateway.base}/x`)).text()).toBe('ok');
    expect(connections).toBe(2);
  });
});

describe('an endpoint that failed', () => {
  it('is left alone for 30 s: 303001, naming it', async () => {
    const gateway = await startOpen();
    let calls = 0;
    await startBackend(gateway, (incoming, response) => {
      calls += 1;
      if (calls === 1) incoming.socket.destroy();
      else response.end();
    });
    await fetch(`${gateway.base}/x`);

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toEqual({
      status: 500,
      code: 303001,
      description: `Currently , Address endpoint : [ Name : ${PRODUCTION} ] [ State : SUSPENDED ]`,
    });
    gateway.pass(29_999);
    await fetch(`${gateway.base}/x`);
    expect(calls).toBe(1);
    gateway.pass(1);
    expect((await fetch(`${gateway.base}/x`)).status).toBe(200);
  });

  it('is ready at once when it is deployed anew', async () => {
    const gateway = await startOpen();
    await deployAt(gateway, await closedPort());
    await fetch(`${gateway.base}/x`);
    await startBackend(gateway);

    expect((await fetch(`${gateway.base}/x`)).status).toBe(200);
  });

  it('is tried again and again where its file switches suspension off', async () => {
    const gateway = await startOpen();
    await deployAt(gateway, await closedPort(), NEVER_SUSPENDED);

    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({ code: 101503 });
    expect(await faultOf(await fetch(`${gateway.base}/x`))).toMatchObject({ code: 101503 });
  });

  it('is not one that answers with an error of its own', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (_incoming, response) => void response.writeHead(503).end());

    expect((await fetch(`${gateway.base}/x`)).status).toBe(503);
    expect((await fetch(`${gateway.base}/x`)).status).toBe(503);
  });
});

describe('bodies', () => {
  it('go to the back end and come back as they are, of any size', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (incoming, response) => void incoming.pipe(response));
    const body = Buffer.alloc(5_000_000, 'pizza');
    const answer = await fetch(`${gateway.base}/x`, { method: 'POST', body });

    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
  });

  it('are streamed: the first part of an answer arrives before its end', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (_incoming, response) => void response.write('first'));
    const reader = (await fetch(`${gateway.base}/x`)).body?.getReader();

    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
    await reader?.cancel();
  });

  it('of requests may go on for any time after the answer has begun, if only more comes', async () => {
    const gateway = await startOpen();
    const parts = new EventEmitter();
    await startBackend(gateway, (incoming, response) => {
      response.write('begun, ');
      incoming.on('data', () => parts.emit('came'));
      incoming.on('end', () => response.end('done'));
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const outgoing = httpRequest(`${gateway.base}/x`, { method: 'POST' });
    const came = once(parts, 'came');
    outgoing.write('part');
    const [answer] = await once(outgoing, 'response');
    await came;

    for (let rounds = 0; rounds < 3; rounds += 1) {
      vi.advanceTimersByTime(179_000);
      const next = once(parts, 'came');
      outgoing.write('part');
      await next;
    }
    outgoing.end();
    expect(await text(answer)).toBe('begun, done');
  });

  it('stop flowing while the client does not read', async () => {
    const gateway = await startOpen();
    let produced = 0;
    const source = new Readable({
      read() {
        produced += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    await startBackend(gateway, (_incoming, response) => void source.pipe(response).on('error', () => undefined));
    const client = connect(gateway.port, '127.0.0.1');
    client.on('error', () => undefined);
    client.pause();
    client.write('GET /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\n\r\n');
    await once(source, 'pause');

    // Pressed back to the source, with nothing but the buffers on the way filled.
    expect(produced).toBeLessThan(64 * 1024 * 1024);
    client.destroy();
  });

  it('stop flowing while the back end does not read', async () => {
    const gateway = await startOpen();
    let produced = 0;
    const source = new Readable({
      read() {
        produced += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    // Node reads nothing of a body that nobody asks for.
    await startBackend(gateway, () => undefined);
    const client = connect(gateway.port, '127.0.0.1');
    client.on('error', () => undefined);
    client.write('POST /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\nContent-Length: 1073741824\r\n\r\n');
    source.pipe(client);
    await once(source, 'pause');

    expect(produced).toBeLessThan(64 * 1024 * 1024);
    client.destroy();
  });

  it('of a HEAD and of a 204 are none, and the connection stays usable', async () => {
    const gateway = await startOpen();
    await startBackend(gateway, (incoming, response) => {
      if (incoming.method === 'GET') response.statusCode = 204;
      response.end();
    });
    const head = 'HEAD /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\n\r\n';
    const reply = await rawExchange(
      gateway.port,
      `${head}GET /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\nConnection: close\r\n\r\n`,
    );

    expect(reply.match(/HTTP\/1\.1 (200|204)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 204']);
  });

  it('of a chunked GET keep their framing, so that they are no second request', async () => {
    const gateway = await startOpen();
    const seen: string[] = [];
    await startBackend(gateway, async (incoming, response) => {
      seen.push(`${incoming.method} ${await text(incoming)}`);
      response.end();
    });
    const smuggled = 'POST /admin HTTP/1.1\r\nHost: x\r\n\r\n';
    const head =
      'GET /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    await rawExchange(gateway.port, `${head}${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`);

    expect(seen).toEqual([`GET ${smuggled}`]);
  });
});

describe('a client that goes away', () => {
  it('ends the call at the back end, and is not held against it', async () => {
    const gateway = await startOpen();
    const backend = createHttpServer();
    const arrived = once(backend, 'request');
    await deployAt(gateway, await listenOnLoopback(backend));
    const client = connect(gateway.port, '127.0.0.1');
    client.write('POST /pizzashack/1.0.0/x HTTP/1.1\r\nHost: gw\r\nContent-Length: 10\r\n\r\nhalf');
    const [incoming] = await arrived;
    incoming.on('error', () => undefined);
    const ended = new Promise((resolve) => incoming.socket.once('close', resolve));
    client.destroy();
    await ended;
    await startBackend(gateway);

    expect((await fetch(`${gateway.base}/x`)).status).toBe(200);
  });
});
