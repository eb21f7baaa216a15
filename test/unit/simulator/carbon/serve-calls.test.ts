import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createRouter } from '../../../../compose/wso2am/server/carbon/router.ts';
import { serveCalls } from '../../../../compose/wso2am/server/carbon/serve-calls.ts';
import { tomcatPage } from '../../../../compose/wso2am/server/carbon/tomcat-page.ts';
import { type Endpoint, json } from '../../../../compose/wso2am/server/carbon/web.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { rawExchange } from '../raw-exchange.ts';

const LIMIT = 1000;

/** A server with one endpoint of every kind; what it logs is kept. */
const startServer = async (endpoints: readonly Endpoint[]) => {
  const errors: { readonly text: string; readonly cause: unknown }[] = [];
  const access: string[] = [];
  const quiet = (): void => undefined;
  const server: Server = createServer(
    serveCalls({
      router: createRouter(endpoints),
      fallback: (call) => tomcatPage(404, `nothing at ${call.path}`),
      secure: false,
      bodyLimit: LIMIT,
      log: {
        debug: quiet,
        info: quiet,
        warn: quiet,
        fatal: quiet,
        error: (text, cause) => errors.push({ text, cause }),
      },
      accessLog: (line) => access.push(line),
    }),
  );
  const port = await listenOnLoopback(server);
  return { url: `http://127.0.0.1:${port}`, port, errors, access };
};

const ECHO: Endpoint = {
  method: ['GET', 'POST'],
  path: '/echo/:name',
  handle: async (call) => {
    const { method, path, params, remoteAddress, secure } = call;
    const query = call.query.getAll('a');
    return json(200, { method, path, params, remoteAddress, secure, query, form: (await call.form()).getAll('b') });
  },
};

const failing = (cause: unknown): Endpoint => ({ method: 'GET', path: '/fails', handle: () => Promise.reject(cause) });

describe('a served call', () => {
  it('has the parts of its request', async () => {
    const { url } = await startServer([ECHO]);
    const answer = await fetch(`${url}/echo/x%20y?a=1&a=2`, {
      method: 'POST',
      body: new URLSearchParams('b=3&b=%C3%A4'),
    });

    expect(await answer.json()).toEqual({
      method: 'POST',
      path: '/echo/x%20y',
      params: { name: 'x y' },
      remoteAddress: '127.0.0.1',
      secure: false,
      query: ['1', '2'],
      form: ['3', 'ä'],
    });
  });

  it('is answered with the name of the product and a length', async () => {
    const { url } = await startServer([ECHO]);
    const { status, headers } = await fetch(`${url}/echo/x`);

    expect(status).toBe(200);
    expect(headers.get('server')).toBe('WSO2 Carbon Server');
    expect(Number(headers.get('content-length'))).toBeGreaterThan(0);
  });

  it('by HEAD gets the same headers and no body', async () => {
    const { url } = await startServer([ECHO]);
    const get = await fetch(`${url}/echo/x`);
    const head = await fetch(`${url}/echo/x`, { method: 'HEAD' });

    // "HEAD" is one character longer than "GET", and the endpoint echoes it.
    expect(Number(head.headers.get('content-length'))).toBe(Number(get.headers.get('content-length')) + 1);
    expect(await head.text()).toBe('');
  });

  it('can get several headers of one name', async () => {
    const headers = { 'Set-Cookie': ['a=1', 'b=2'] };
    const { url } = await startServer([{ method: 'GET', path: '/', handle: () => ({ status: 204, headers }) }]);
    const answer = await fetch(url);

    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('of a method the path does not have is answered with 405 and the ones it has', async () => {
    const { url } = await startServer([ECHO]);
    const answer = await fetch(`${url}/echo/x`, { method: 'DELETE' });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST, HEAD');
  });

  it('of a broken path is answered with 400, of an unknown one by the fallback', async () => {
    const { url } = await startServer([ECHO]);

    expect((await fetch(`${url}/echo/%zz`)).status).toBe(400);
    expect(await (await fetch(`${url}/nowhere`)).text()).toContain('nothing at /nowhere');
  });

  it('with a body over the limit is answered with 413, whether the length is announced or not', async () => {
    const { port } = await startServer([ECHO]);
    const body = 'x'.repeat(LIMIT + 1);
    const head = 'POST /echo/x HTTP/1.1\r\nHost: a\r\n';
    const announced = await rawExchange(port, `${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const streamed = await rawExchange(port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);

    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
    expect(streamed).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('whose endpoint fails is answered with 500; the stack stays in the log', async () => {
    const { url, errors } = await startServer([failing(new TypeError('no such column'))]);
    const answer = await fetch(`${url}/fails`);

    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('no such column');
    expect(errors).toEqual([{ text: expect.stringContaining('GET /fails'), cause: expect.any(TypeError) }]);
  });

  it('whose answer cannot be written ends its connection and not the server', async () => {
    const bad: Endpoint = { method: 'GET', path: '/', handle: () => ({ status: 302, headers: { Location: 'a\nb' } }) };
    const { url, errors } = await startServer([bad, ECHO]);

    await expect(fetch(url)).rejects.toThrow();
    expect(errors).toHaveLength(1);
    expect((await fetch(`${url}/echo/x`)).status).toBe(200);
  });

  it('whose client goes away in the middle is dropped without a word', async () => {
    const { port, url, errors } = await startServer([ECHO]);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /echo/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nfive');
    await new Promise((resolve) => socket.once('ready', resolve));
    socket.destroy();

    expect((await fetch(`${url}/echo/x`)).status).toBe(200);
    expect(errors).toEqual([]);
  });

  it('with an absolute target is found by its path', async () => {
    const { port } = await startServer([ECHO]);
    const answer = await rawExchange(
      port,
      'GET http://km:9763/echo/x?a=1 HTTP/1.1\r\nHost: km\r\nConnection: close\r\n\r\n',
    );

    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is written to the access log when it is answered', async () => {
    const { url, access } = await startServer([ECHO]);
    await fetch(`${url}/echo/x?a=1`);

    await vi.waitFor(() => expect(access).toEqual([expect.stringMatching(/"GET \/echo\/x\?a=1 HTTP\/1\.1" 200 \d+$/)]));
  });
});
