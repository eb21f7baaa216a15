import { request as plainRequest } from 'node:http';
import { type Agent, request as tlsRequest } from 'node:https';
import { readBody } from '../carbon/read-body.ts';
import { KeyManagerError } from './key-manager-error.ts';

export type SoapPost = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: Agent;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
};

export type SoapReply = { readonly text: string; readonly cookies: readonly string[] };

/** Bytes of an answer at most: an API with thousands of resources stays far below. */
const REPLY_LIMIT = 10 * 1024 * 1024;

/** One POST, without a second attempt. @throws KeyManagerError for whatever is not an answer with 200 */
export const postSoap = ({ url, headers, body, agent, timeout }: SoapPost): Promise<SoapReply> =>
  new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(new KeyManagerError(cause instanceof Error ? cause.message || cause.name : String(cause), { cause }));
    const secure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(timeout),
    };
    const call = secure ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    call.on('error', fail);
    call.on('response', (response) => {
      readBody(response, REPLY_LIMIT).then((bytes) => {
        const text = bytes.toString('utf8');
        if (response.statusCode !== 200) return fail(`it answered ${response.statusCode}: ${reasonIn(text)}`);
        resolve({ text, cookies: response.headers['set-cookie'] ?? [] });
      }, fail);
    });
    call.end(body);
  });

const reasonIn = (text: string): string =>
  /<(?:faultstring|(?:[\w.-]+:)?Text\b[^>]*)>([^<]*)</.exec(text)?.[1] ?? text.slice(0, 200);
