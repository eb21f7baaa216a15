import { request as plainRequest } from 'node:http';
import { type Agent, request as tlsRequest } from 'node:https';

export type JsonPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  readonly agent: Agent;
};

/** Milliseconds for the whole exchange. */
const TIMEOUT = 30_000;

/** One POST, whose answer nobody reads. @throws Error for an answer other than a success, or none */
export const postJson = ({ url, headers, body, agent }: JsonPost): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!URL.canParse(url)) throw new Error(`${url} is no URL`);
    const text = JSON.stringify(body);
    const options = {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) },
      signal: AbortSignal.timeout(TIMEOUT),
    };
    const call = url.startsWith('https:') ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    call.on('error', reject);
    call.on('response', (response) => {
      response.resume();
      response.on('error', reject);
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`it answered ${statusCode}`));
    });
    call.end(text);
  });
