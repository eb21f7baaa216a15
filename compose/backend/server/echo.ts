import { isUtf8 } from 'node:buffer';
import { answerJson, type Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';

/**
 * Answers with what was received: what a gateway added, dropped and rewrote can be read off it. `rawHeaders` has them in
 * their order and case, `headers` by name; a body that is no text is given in Base64.
 */
export const echo = async (exchange: Exchange, status = 200): Promise<void> => {
  const { request, method, path, query } = exchange;
  const body = await readBody(request);
  answerJson(exchange, status, {
    method,
    path,
    query: valuesByName(query),
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    ...(isUtf8(body) ? { body: body.toString('utf8') } : { bodyBase64: body.toString('base64') }),
    bodyBytes: body.length,
  });
};

/** A name that comes once has its value, one that comes again has the list of them. */
const valuesByName = (query: URLSearchParams): Readonly<Record<string, string | readonly string[]>> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
