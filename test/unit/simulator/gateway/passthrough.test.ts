import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import { type Agent, createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { createServer as createRawTlsServer } from 'node:tls';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { oauthApisOf } from '../../../../compose/wso2am/server/gateway/oauth-apis.ts';
import { noSuchApi, servePassthrough } from '../../../../compose/wso2am/server/gateway/passthrough.ts';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import type { Credential } from '../../../../lab/render/certificates/certificate-set.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { rawExchange } from '../raw-exchange.ts';

let authority: Credential;
let credential: Credential;
beforeAll(async () => {
  authority = await testAuthority();
  credential = await serverCredential(authority, 'km.lab');
});

const tlsOptions = () => ({ key: credential.key, cert: credential.certificate });

type GatewayOptions = {
  readonly host?: string;
  readonly trusted?: readonly string[];
  readonly timeout?: number;
  readonly prepare?: (agent: Agent) => void;
};

/** A gateway whose Key Manager is at this port of the loopback address; what it warns of is kept. */
const startGateway = async (keyManagerPort: number | undefined, options: GatewayOptions = {}) => {
  const warnings: string[] = [];
  const quiet = (): void => undefined;
  const agent = upstreamAgent(options.trusted ?? [authority.certificate]);
  options.prepare?.(agent);
  onTestFinished(() => agent.destroy());
  const server = createServer(
    servePassthrough({
      otherwise: noSuchApi,
      apis: oauthApisOf('3.0.0'),
      keyManager:
        keyManagerPort === undefined ? undefined : { host: options.host ?? '127.0.0.1', port: keyManagerPort },
      agent,
      timeout: options.timeout ?? 10_000,
      log: { debug: quiet, info: quiet, warn: (line) => warnings.push(line), error: quiet, fatal: quiet },
    }),
  );
  const port = await listenOnLoopback(server);
  return { port, url: `http://127.0.0.1:${port}`, warnings };
};

const startKeyManager = (listener: RequestListener): Promise<number> =>
  listenOnLoopback(createTlsServer(tlsOptions(), listener));

const post = (url: string, body = 'grant_type=client_credentials') => fetch(url, { method: 'POST', body });

/** The code of a fault in XML, with the status it came with. */
const faultOf = async (answer: Response): Promise<{ readonly status: number; readonly code: string | undefined }> => ({
  status: answer.status,
  code: /<am:code>(\d+)<\/am:code>/.exec(await answer.text())?.[1],
});

const fault = (code: number) => ({ status: 500, code: String(code) });

describe('the way through the gateway to the Key Manager', () => {
  it('carries method, path, query, headers and body there, and the answer back', async () => {
    const keyManager = await startKeyManager(async (incoming, response) => {
      const { method, url, headers } = incoming;
      response.setHeader('DeactivatedAccessToken', 'old');
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.statusCode = 401;
      response.end(JSON.stringify({ method, url, headers, body: await text(incoming) }));
    });
    const { url } = await startGateway(keyManager);
    const answer = await fetch(`${url}/token/x?a=%20b`, {
      method: 'POST',
      body: 'grant_type=password',
      headers: { Authorization: 'Basic eA==', activityID: 'abc-1' },
    });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('deactivatedaccesstoken')).toBe('old');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('activityid')).toBe('abc-1');
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      url: '/oauth2/token/x?a=%20b',
      body: 'grant_type=password',
      headers: { authorization: 'Basic eA==', activityid: 'abc-1', host: `127.0.0.1:${keyManager}` },
    });
  });

  it('makes an activity id where there is none', async () => {
    let seen: unknown;
    const { url } = await startGateway(
      await startKeyManager((incoming, response) => {
        seen = incoming.headers.activityid;
        response.end();
      }),
    );
    const { headers } = await post(`${url}/token`);

    expect(seen).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('activityid')).toBe(seen);
  });

  it('streams bodies of any size both ways', async () => {
    const { url } = await startGateway(await startKeyManager((incoming, response) => void incoming.pipe(response)));
    const body = 'x'.repeat(5_000_000);

    expect(await (await post(`${url}/token`, body)).text()).toBe(body);
  });

  it('hands the first part of an answer on before the rest is there', async () => {
    const keyManager = await startKeyManager((_incoming, response) => {
      response.write('first');
      response.once('close', () => undefined);
    });
    const { url } = await startGateway(keyManager);
    const reader = (await post(`${url}/token`)).body?.getReader();

    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
    await reader?.cancel();
  });

  it('keeps the framing of a chunked GET, so that its body is no second request', async () => {
    const seen: string[] = [];
    const keyManager = await startKeyManager(async (incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url} ${await text(incoming)}`);
      response.end();
    });
    const { port } = await startGateway(keyManager);
    const smuggled = 'POST /oauth2/revoke HTTP/1.1\r\nHost: km\r\n\r\n';
    const head = 'GET /userinfo HTTP/1.1\r\nHost: gw\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    await rawExchange(port, `${head}${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`);

    expect(seen).toEqual([`GET /oauth2/userinfo ${smuggled}`]);
  });

  it('ends the call there when the client goes away', async () => {
    const keyManager = createTlsServer(tlsOptions());
    const arrived = once(keyManager, 'request');
    const { port } = await startGateway(await listenOnLoopback(keyManager));
    const client = connect(port, '127.0.0.1');
    client.write('POST /token HTTP/1.1\r\nHost: gw\r\nContent-Length: 0\r\n\r\n');
    const [incoming] = await arrived;
    const ended = once(incoming.socket, 'close');

    client.destroy();

    await expect(ended).resolves.toBeDefined();
  });

  it('ends the client’s connection when an answer breaks off in the middle', async () => {
    const { url } = await startGateway(
      await startKeyManager((_incoming, response) => {
        response.writeHead(200, { 'Content-Length': 10 });
        response.write('half', () => response.destroy());
      }),
    );
    const answer = await post(`${url}/token`);

    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });
});

describe('a Key Manager that cannot be reached', () => {
  it('refuses: 101503 in XML, with a line in the log', async () => {
    const closed = createTcpServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    closed.close();
    await once(closed, 'close');
    const { url, warnings } = await startGateway(typeof address === 'object' ? address?.port : undefined);
    const answer = await post(`${url}/token`);

    expect(answer.headers.get('content-type')).toBe('application/xml; charset=UTF-8');
    expect(await faultOf(answer)).toEqual(fault(101503));
    expect(warnings).toEqual([expect.stringContaining('ERROR_CODE = 101503')]);
  });

  it('hangs up: the rest of the request is read, and the next one on the connection is answered', async () => {
    const keyManager = await listenOnLoopback(createTcpServer((socket) => void socket.destroy()));
    const { port } = await startGateway(keyManager);
    const length = 1_000_000;
    const head = `POST /token HTTP/1.1\r\nHost: gw\r\nContent-Length: ${length}\r\n\r\n`;
    const next = 'GET / HTTP/1.1\r\nHost: gw\r\nConnection: close\r\n\r\n';
    const reply = await rawExchange(port, `${head}${'x'.repeat(length)}${next}`);

    expect(reply.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 500', 'HTTP/1.1 200']);
    expect(reply).toContain('<am:code>101505</am:code>');
  });

  it('says nothing: 101504 after the time-out', async () => {
    const { url } = await startGateway(await startKeyManager(() => undefined), { timeout: 30 });

    expect(await faultOf(await post(`${url}/token`))).toEqual(fault(101504));
  });

  it('hangs up: 101505', async () => {
    const { url } = await startGateway(await startKeyManager((incoming) => incoming.socket.destroy()));

    expect(await faultOf(await post(`${url}/token`))).toEqual(fault(101505));
  });

  it('speaks something else: 101506', async () => {
    const nonsense = createRawTlsServer(tlsOptions(), (socket) => {
      socket.on('error', () => undefined);
      socket.end('AMQP\r\n\r\n');
    });
    const { url } = await startGateway(await listenOnLoopback(nonsense));

    expect(await faultOf(await post(`${url}/token`))).toEqual(fault(101506));
  });

  it('is not trusted: 101500', async () => {
    const stranger = await testAuthority();
    const { url, warnings } = await startGateway(await startKeyManager((_incoming, response) => response.end()), {
      trusted: [stranger.certificate],
    });

    expect(await faultOf(await post(`${url}/token`))).toEqual(fault(101500));
    expect(warnings[0]).toMatch(/certificate/);
  });

  it('is configured with no URL: 101500', async () => {
    const { url } = await startGateway(undefined);

    expect(await faultOf(await post(`${url}/token`))).toEqual(fault(101500));
  });
});

describe('trust in a Key Manager', () => {
  const answering = () => startKeyManager((_incoming, response) => response.end());
  const toLoopback = (agent: Agent): void => {
    agent.options.lookup = (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
  };

  it('needs its host name in the certificate', async () => {
    const options = { prepare: toLoopback };
    const right = await startGateway(await answering(), { ...options, host: 'km.lab' });
    const wrong = await startGateway(await answering(), { ...options, host: 'km.elsewhere' });

    expect((await post(`${right.url}/token`)).status).toBe(200);
    expect(await faultOf(await post(`${wrong.url}/token`))).toEqual(fault(101500));
  });

  it('does not need it for localhost', async () => {
    const { url } = await startGateway(await answering(), { host: 'localhost', prepare: toLoopback });

    expect((await post(`${url}/token`)).status).toBe(200);
  });

  it('can rest on the certificate itself instead of its authority', async () => {
    const { url } = await startGateway(await answering(), { trusted: [credential.certificate] });

    expect((await post(`${url}/token`)).status).toBe(200);
  });
});

describe('what the gateway answers itself', () => {
  it('is a welcome page at the root', async () => {
    const { url } = await startGateway(undefined);
    const answer = await fetch(url);

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<h1>Welcome to APIM</h1>');
  });

  it('is a 404 fault for an unknown context, in the format of the request', async () => {
    const { url } = await startGateway(undefined);
    const json = await fetch(`${url}/pizzashack`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });

    expect(await faultOf(await fetch(`${url}/pizzashack/1.0.0/menu`))).toEqual({ status: 404, code: '404' });
    expect(await json.json()).toMatchObject({ fault: { code: 404, message: 'Not Found' } });
  });

  it('is a 405 fault for a method an API does not have', async () => {
    const { url } = await startGateway(undefined);

    expect(await faultOf(await fetch(`${url}/token`))).toEqual({ status: 405, code: '405' });
  });

  it('replaces an activity id that could forge a log line', async () => {
    const { port } = await startGateway(undefined);
    const client = request({ port, host: '127.0.0.1', headers: { activityID: 'a b' } }).end();
    const [answer] = await once(client, 'response');
    answer.resume();

    expect(answer.headers.activityid).toMatch(/^[0-9a-f-]{36}$/);
  });
});
