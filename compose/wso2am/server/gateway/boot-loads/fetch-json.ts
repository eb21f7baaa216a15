import { request as plainRequest } from 'node:http';
import { type Agent, request as tlsRequest } from 'node:https';
import { readBody } from '../../carbon/read-body.ts';

export type JsonGet = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  /** Ends the exchange. */
  readonly signal: AbortSignal;
};

/** Milliseconds for the whole exchange: a node that accepts and never answers must not hold the load for ever. */
const TIMEOUT = 30_000;

/** Bytes of an answer at most: a list of ten thousand APIs stays below. */
const LIMIT = 50 * 1024 * 1024;

/**
 * One GET, without a second attempt; what was answered is parsed, not checked, and null where the answer is empty.
 * @throws Error for whatever is no JSON with 200
 */
export const fetchJson = ({ url, headers, agent, signal }: JsonGet): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const options = { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]) };
    const call = url.protocol === 'https:' ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    call.on('error', reject);
    call.on('response', (response) => {
      readBody(response, LIMIT)
        .then((bytes) => {
          if (response.statusCode !== 200) throw new Error(`it answered ${response.statusCode}`);
          resolve(bytes.length === 0 ? null : JSON.parse(bytes.toString('utf8')));
        })
        .catch(reject);
    });
    call.end();
  });
