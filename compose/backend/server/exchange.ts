import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and the answer to it. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Decoded by nobody: as it came, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Aborts when the caller has gone: nothing is worth waiting for any more. */
  readonly gone: AbortSignal;
};

/** An answer other than the one that was asked for: `message` is what the caller reads. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers with JSON. */
export const answerJson = (
  { response }: Exchange,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const text = `${JSON.stringify(body)}\n`;
  // Both say "no body" to clients, which would take one for the next answer (RFC 9110 15.3.5, 15.4.5).
  const bodiless = status === 204 || status === 304;
  response
    .writeHead(status, {
      ...(!bodiless && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
      ...headers,
    })
    .end(bodiless ? undefined : text);
};
