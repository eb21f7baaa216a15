import type { z } from 'zod';
import { expectStatus, parseAnswer } from '../answers.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';

/** One REST API of the product, on one node, as its caller sees it. Paths begin with a slash, below the base path. */
export type RestClient = {
  /** Node that answers: `pub-1`. */
  readonly node: string;
  /** Sends a request, with a JSON body if there is one, and yields whatever comes. */
  send(method: string, path: string, body?: object): Promise<HttpAnswer>;
  /** Sends fields as `multipart/form-data`, as the product takes definitions and files. */
  sendForm(method: string, path: string, fields: Readonly<Record<string, string>>): Promise<HttpAnswer>;
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
    sendForm: async (method, path, fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      // Fetch writes the parts and their boundary.
      const encoded = new Response(form);
      const type = encoded.headers.get('content-type') ?? '';
      const headers = { Authorization: authorization, 'Content-Type': type };
      return http({ url: url + path, method, headers, body: await encoded.text() });
    },
    ask: async (schema, status, method, path, body) => {
      const answer = await send(method, path, body);
      expectStatus(answer, status);
      return parseAnswer(schema, answer);
    },
  };
};
