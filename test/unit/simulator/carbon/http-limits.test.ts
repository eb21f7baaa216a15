import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  PASSTHROUGH_LIMITS,
  refuseMalformed,
  SERVLET_LIMITS,
} from '../../../../compose/wso2am/server/carbon/http-limits.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { rawExchange } from '../raw-exchange.ts';

const start = (limits: Partial<typeof SERVLET_LIMITS> | typeof PASSTHROUGH_LIMITS | Record<string, number>) => {
  const server = createServer({ ...limits }, (_request, response) => response.end('answered'));
  refuseMalformed(server);
  return listenOnLoopback(server);
};

const withHeader = (length: number): string =>
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ${'x'.repeat(length)}\r\n\r\n`;

describe('the limits of a listener', () => {
  it.each([
    'GARBAGE\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ])('answer 400 to %j', async (request) => {
    expect(await rawExchange(await start(SERVLET_LIMITS), request)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });

  it('are 8 KB of headers on the servlet transport and more on the API transport', async () => {
    const long = withHeader(10_000);

    expect(await rawExchange(await start(SERVLET_LIMITS), long)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawExchange(await start(PASSTHROUGH_LIMITS), long)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('end a request that does not get on', async () => {
    const hasty = { headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 10 };

    expect(await rawExchange(await start(hasty), 'GET / HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });
});
