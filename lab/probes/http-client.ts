import { once } from 'node:events';
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';

/** No answer came: refused, reset, not trusted, or too late. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly timedOut: boolean;

  constructor(message: string, timedOut: boolean) {
    super(message);
    this.timedOut = timedOut;
  }
}

export type HttpRequest = {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type HttpAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * A client that trusts the lab's CA and nothing else. `timeout` in milliseconds covers the whole request; once
 * `interrupted` aborts, every request ends at once and rejects with its reason. @throws NoAnswer
 */
export const httpClient = (ca: string, timeout: number, interrupted?: AbortSignal): HttpClient => {
  const agent = new Agent({ ca, keepAlive: true });
  return async ({ url, method = 'GET', headers = {}, body }) => {
    const late = AbortSignal.timeout(timeout);
    const signal = AbortSignal.any([late, ...(interrupted ? [interrupted] : [])]);
    const secure = url.startsWith('https:');
    const options = { method, headers, signal };
    const request = secure ? tlsRequest(url, { ...options, agent }) : plainRequest(url, options);
    try {
      const answered = once(request, 'response');
      request.end(body);
      const [response] = await answered;
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
    } catch (error) {
      interrupted?.throwIfAborted();
      if (late.aborted) throw new NoAnswer(`no answer from ${url} within ${timeout} ms`, true);
      throw new NoAnswer(`${url}: ${error instanceof Error ? error.message : String(error)}`, false);
    }
  };
};

/** The value of an `Authorization: Basic` header. */
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Form encoding of a request body. */
export const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
