import type { IncomingHttpHeaders } from 'node:http';

/** One request as an endpoint sees it. The body is read at most once, and only when asked for. */
export type Call = {
  readonly method: string;
  /** Path without the query, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Values of `:name` parts of the endpoint's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Address of the peer; not of a client behind a proxy. */
  readonly remoteAddress: string;
  /** True on the TLS listener. */
  readonly secure: boolean;
  /** Follows a request through the nodes and the logs (wire.md 3.1). */
  readonly activityId: string;
  /** The whole body. Throws `PayloadTooLarge` beyond the limit of the listener. */
  body(): Promise<Buffer>;
  /** The body parsed as `application/x-www-form-urlencoded`; repeated names stay repeated. */
  form(): Promise<URLSearchParams>;
};

/** What an endpoint answers. Endpoints return values and never touch the socket, so that tests call them as functions. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
};

export type Endpoint = {
  readonly method: string | readonly string[];
  /** A find-my-way path: `/oauth2/token`, `/services/:service`, `/carbon/*`. */
  readonly path: string;
  handle(call: Call): Promise<Answer> | Answer;
};

/** A JSON answer. */
export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
