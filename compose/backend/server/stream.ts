import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import { wholeNumber } from './wishes.ts';

const CHUNKS = { least: 1, most: 1_000, preset: 10 };
const INTERVAL = { least: 0, most: 10_000, preset: 100 };

/**
 * `GET /stream?chunks=10&interval=100`: that many lines, one every so many milliseconds.
 * Any other method gets its body back while it is still sending it, however long it is.
 */
export const stream = async ({ request, response, method, query, gone }: Exchange): Promise<void> => {
  const upload = method !== 'GET' && method !== 'HEAD';
  const source = upload
    ? request
    : Readable.from(lines(wholeNumber(query, 'chunks', CHUNKS), wholeNumber(query, 'interval', INTERVAL), gone));
  response.writeHead(200, {
    'Content-Type': upload ? (request.headers['content-type'] ?? 'application/octet-stream') : 'text/plain',
  });
  response.flushHeaders();
  await pipeline(source, response);
};

async function* lines(chunks: number, interval: number, gone: AbortSignal): AsyncGenerator<string> {
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    if (chunk > 1) await delay(interval, undefined, { signal: gone });
    yield `chunk ${chunk} of ${chunks}\n`;
  }
}

const BYTES = { least: 0, most: 1024 ** 3, preset: 1024 ** 2 };

/** Written at once; its repetitions make the body. */
const PIECE = Buffer.alloc(64 * 1024, `${'0123456789abcdef'.repeat(4).slice(1)}\n`);

/** `GET /large?bytes=1048576`: a body of that length, announced, in lines of 64 bytes. */
export const large = async ({ response, query }: Exchange): Promise<void> => {
  const bytes = wholeNumber(query, 'bytes', BYTES);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': bytes });
  await pipeline(Readable.from(pieces(bytes)), response);
};

function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PIECE.length) yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
}
