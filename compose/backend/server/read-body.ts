import type { IncomingMessage } from 'node:http';
import { Refusal } from './exchange.ts';

/** Bytes that a body may have where it is kept as a whole. */
const LONGEST_BODY = 1024 * 1024;

/** The whole body of a request. @throws Refusal with 413 as soon as it is known to be too long */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const tooLong = () => new Refusal(413, `the body is longer than ${LONGEST_BODY} bytes; /stream takes any length`);
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) throw tooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed when this gives up: the refusal has to go back over the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
};
