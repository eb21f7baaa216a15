import { request as plainRequest } from 'node:http';
import { type Agent, request as tlsRequest } from 'node:https';
import { readBody } from '../../carbon/read-body.ts';
import { KeyManagerError } from '../key-manager-error.ts';

export type KeyManagerRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: Agent;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
};

/** Bytes of an answer at most; what is said of a token, and a set of keys, stay far below. */
const ANSWER_LIMIT = 1024 * 1024;

/** One request to a Key Manager's REST side, without a second attempt. @throws KeyManagerError for anything but JSON with 200 */
export const askKeyManager = ({ url, body, agent, timeout, ...asked }: KeyManagerRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new KeyManagerError(cause instanceof Error ? cause.message || cause.name : String(cause), { cause }));
    if (!URL.canParse(url)) return fail(`${url} is no URL`);
    const options = {
      method: asked.method,
      headers: { ...asked.headers, 'Content-Length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(timeout),
    };
    const call = url.startsWith('https:') ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    call.on('error', fail);
    call.on('response', (response) => {
      readBody(response, ANSWER_LIMIT)
        .then((bytes) => {
          const text = bytes.toString('utf8');
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else fail(`it answered ${response.statusCode}: ${text.slice(0, 200)}`);
        })
        .catch(fail);
    });
    call.end(body);
  });
