import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createBooks } from './books.ts';
import { echo } from './echo.ts';
import { answerJson, type Exchange, Refusal } from './exchange.ts';
import { large, stream } from './stream.ts';
import { readWishes } from './wishes.ts';

/** Gateways add long headers, such as a JWT that names every subscription (wire.md 1.4). */
const LONGEST_HEADERS = 64 * 1024;

/** Connections at once; more are closed unanswered. */
const MOST_CONNECTIONS = 2_000;

/** Milliseconds that a request may take to arrive: streamed uploads may be slow, but not endless. */
const LONGEST_REQUEST = 600_000;

/**
 * The back end that the lab's APIs call: says what reached it, and answers late, with an error, in pieces or not at all when
 * the query says so.
 */
export const createBackend = (): Server => {
  const answer = createAnswer();
  const server = createServer(
    { maxHeaderSize: LONGEST_HEADERS, requestTimeout: LONGEST_REQUEST, keepAliveTimeout: 60_000 },
    (request, response) => {
      const exchange = openExchange(request, response);
      answer(exchange).catch((error: unknown) => refuse(exchange, error));
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
};

const createAnswer = (): ((exchange: Exchange) => Promise<void>) => {
  const books = createBooks();
  return async (exchange) => {
    const { path, query, request, gone } = exchange;
    const wishes = readWishes(query);
    if (wishes.delay > 0) await delay(wishes.delay, undefined, { signal: gone });
    if (wishes.close) return void request.socket.destroy();
    if (wishes.status !== undefined) return echo(exchange, wishes.status);
    if (path === '/health') return answerJson(exchange, 200, { status: 'up' });
    if (path === '/stream') return stream(exchange);
    if (path === '/large') return large(exchange);
    if (path === '/books' || path.startsWith('/books/')) return books(exchange);
    return echo(exchange);
  };
};

const openExchange = (request: IncomingMessage, response: ServerResponse): Exchange => {
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  const left = new AbortController();
  response.once('close', () => left.abort());
  return {
    request,
    response,
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(rest.join('?')),
    gone: left.signal,
  };
};

/** Says what was wrong with a request; cuts off an answer that has begun, so that nobody takes it for complete. */
const refuse = (exchange: Exchange, error: unknown): void => {
  const { request, response, gone } = exchange;
  if (gone.aborted) return;
  if (response.headersSent) return void response.destroy();
  const { status, message } = error instanceof Refusal ? error : new Refusal(500, String(error));
  // A caller that is still sending would not see the answer if its connection were closed.
  request.resume();
  answerJson(exchange, status, { error: message });
};
