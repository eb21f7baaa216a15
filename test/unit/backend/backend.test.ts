import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { createBackend } from '../../../compose/backend/server/create-backend.ts';
import { listenOnLoopback } from '../simulator/loopback-server.ts';
import { rawExchange } from '../simulator/raw-exchange.ts';
import { startBackend } from './ask-backend.ts';

describe('the back end', () => {
  it('says what it received: method, path, query, headers and body', async () => {
    const ask = await startBackend();
    const answer = await ask('/a/b%20c?x=1&y=2&x=3', {
      method: 'POST',
      headers: { 'X-Sent': 'yes', 'Content-Type': 'text/plain' },
      body: 'grüße',
    });
    expect(answer.status).toBe(200);
    const echoed = await answer.json();
    expect(echoed).toMatchObject({
      method: 'POST',
      path: '/a/b%20c',
      query: { x: ['1', '3'], y: '2' },
      headers: { 'x-sent': 'yes', 'content-type': 'text/plain' },
      body: 'grüße',
      bodyBytes: 7,
    });
    expect(echoed.rawHeaders).toContain('yes');
  });

  it('gives a body that is no text in Base64', async () => {
    const ask = await startBackend();
    const answer = await ask('/', { method: 'PUT', body: new Uint8Array([0xff, 0x00]) });
    expect(await answer.json()).toMatchObject({ bodyBase64: '/wA=', bodyBytes: 2 });
  });

  it('says that it is up', async () => {
    const ask = await startBackend();
    expect(await (await ask('/health')).json()).toEqual({ status: 'up' });
  });

  it.each([201, 404, 503])('answers with status %d when told so, on any path', async (status) => {
    const ask = await startBackend();
    for (const path of ['/', '/health', '/books/1'])
      expect((await ask(`${path}?status=${status}`)).status).toBe(status);
  });

  it('sends no body with a status that has none, so that the connection stays usable', async () => {
    const ask = await startBackend();
    expect(await (await ask('/?status=204')).text()).toBe('');
    expect((await ask('/health')).status).toBe(200);
  });

  it('closes the connection without an answer when told so', async () => {
    const port = await listenOnLoopback(createBackend());
    expect(await rawExchange(port, 'GET /?close=true HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  });

  it('answers late when told so, and forgets a caller that has gone meanwhile', async () => {
    const ask = await startBackend();
    const answered: string[] = [];
    const note = (path: string) => ask(path).then(({ status }) => answered.push(`${path} ${status}`));
    await Promise.all([note('/?delay=150'), note('/health')]);
    expect(answered).toEqual(['/health 200', '/?delay=150 200']);
    const left = ask('/?delay=300000', { signal: AbortSignal.timeout(50) });
    await expect(left).rejects.toThrow();
  });

  it.each([
    '/?delay=300001',
    '/?delay=-1',
    '/?delay=soon',
    '/?status=99',
    '/?status=1e3',
    '/stream?chunks=0',
    '/stream?chunks=1001',
    '/stream?interval=10001',
    '/large?bytes=1073741825',
  ])('refuses %s, which is out of bounds, and says what is allowed', async (path) => {
    const ask = await startBackend();
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatch(/must be a whole number from \d+ to \d+$/);
  });

  it('refuses a body over a mebibyte where it would have to keep it, announced or not', async () => {
    const ask = await startBackend();
    const body = 'x'.repeat(1024 * 1024 + 1);
    expect((await ask('/', { method: 'POST', body })).status).toBe(413);
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    expect((await ask('/', { method: 'POST', body: pieces, duplex: 'half' } as RequestInit)).status).toBe(413);
  });

  it.each([
    'GET //evil?x HTTP/1.1',
    'GET http://other.test/%00 HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET /%zz?%zz HTTP/1.1',
  ])('echoes the odd request line "%s" as it came', async (line) => {
    const port = await listenOnLoopback(createBackend());
    const answer = await rawExchange(port, `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(`"path":"${line.split(' ')[1]?.split('?')[0]}"`);
  });

  it('listens on the port that the environment names', async () => {
    vi.stubEnv('PORT', '0');
    const { backend } = await import('../../../compose/backend/server/main.ts');
    if (!backend.listening) await once(backend, 'listening');
    backend.close();
    expect(backend.address()).not.toMatchObject({ port: 8080 });
  });
});

describe('a streamed answer', () => {
  it('comes line by line', async () => {
    const ask = await startBackend();
    const pieces: string[] = [];
    const { body } = await ask('/stream?chunks=3&interval=50');
    for await (const piece of body ?? []) pieces.push(Buffer.from(piece).toString());
    expect(pieces).toEqual(['chunk 1 of 3\n', 'chunk 2 of 3\n', 'chunk 3 of 3\n']);
  });

  it('sends an uploaded body back while it is still coming', async () => {
    const port = await listenOnLoopback(createBackend());
    const upload = request({ port, host: '127.0.0.1', path: '/stream', method: 'POST' });
    upload.write('first');
    const [answer] = await once(upload, 'response');
    const [piece] = await once(answer, 'data');
    expect(String(piece)).toBe('first');
    upload.end('second');
    const [rest] = await once(answer, 'data');
    expect(String(rest)).toBe('second');
  });

  it('is as long as was asked for, and announced', async () => {
    const ask = await startBackend();
    const answer = await ask('/large?bytes=200001');
    expect(answer.headers.get('content-length')).toBe('200001');
    const text = await answer.text();
    expect(text.length).toBe(200_001);
    expect(
      new Set(
        text
          .split('\n')
          .slice(0, -1)
          .map((line) => line.length),
      ),
    ).toEqual(new Set([63]));
  });
});
