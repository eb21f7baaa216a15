import type { ServerResponse } from 'node:http';
import type { Answer } from './web.ts';

/** Statuses whose answers have no body by definition (RFC 9110, 15.3.5 and 15.4.5). */
const WITHOUT_BODY: readonly number[] = [204, 304];

/** Writes a whole answer, with the length of its body; without the body itself where the request was HEAD. */
export const writeAnswer = (response: ServerResponse, answer: Answer): void => {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body ?? '', 'utf8');
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if (!WITHOUT_BODY.includes(answer.status)) response.setHeader('Content-Length', body.length);
  response.statusCode = answer.status;
  response.end(body);
};
