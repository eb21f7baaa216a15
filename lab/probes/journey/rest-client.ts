import type { z } from 'zod';
import { expectStatus, parseAnswer } from '../answers.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';

/** One REST API of the product, on one node, as its caller sees it. Paths begin with a slash, below the base path. */
export type RestClient = {
  /** Node that answers: `pub-1`. */
  readonly node: string;
  /** Sends a request, with a JSON body if there is one, and yields whatever comes. */
  send(method: string, path: string, body?: object): Promise<HttpAnswer>;
  /** The body of an answer with the documented status. @throws Mismatch */
  ask<T>(schema: z.ZodType<T>, status: number, method: string, path: string, body?: object): Promise<T>;
};

export type RestAddress = {
  readonly node: string;
  /** With the base path: `https://localhost:20043/api/am/publisher/v1`. */
  readonly url: string;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
};

/** A client of a REST API. */
export const restClient = (http: HttpClient, { node, url, authorization }: RestAddress): RestClient => {
  const send: RestClient['send'] = (method, path, body) =>
    http({
      url: url + path,
      method,
      headers: { Authorization: authorization, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  return {
    node,
    send,
    ask: async (schema, status, method, path, body) => {
      const answer = await send(method, path, body);
      expectStatus(answer, status);
      return parseAnswer(schema, answer);
    },
  };
};
