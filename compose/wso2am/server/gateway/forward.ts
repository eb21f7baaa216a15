import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Agent, request as requestOverTls } from 'node:https';
import { pipeline } from 'node:stream';
import { ACTIVITY_ID, ACTIVITY_ID_AS_WRITTEN } from '../carbon/activity-id.ts';
import { endToEndHeaders, hasHeader } from './hop-by-hop.ts';
import { bodyFraming, sendBody } from './send-body.ts';
import { type UpstreamFailure, upstreamFailure } from './upstream-fault.ts';

export type Forwarding = {
  readonly host: string;
  readonly port: number;
  /** Path with the query. */
  readonly target: string;
  readonly agent: Agent;
  /** Milliseconds until the answer must have begun. */
  readonly timeout: number;
  readonly activityId: string;
  /** Hears of the headers of the answer, before the client does. */
  readonly onAnswer?: ((headers: IncomingHttpHeaders) => void) | undefined;
};

/**
 * Sends a request on and its answer back, both streamed. A client that goes away ends the call at the back end; a back end
 * that breaks in the middle of its answer ends the client's connection, for the status has been sent by then.
 * @returns how the back end failed before it answered; undefined when it answered or nobody waits any more
 */
export const forward = (
  request: IncomingMessage,
  response: ServerResponse,
  forwarding: Forwarding,
): Promise<{ readonly failure: UpstreamFailure; readonly cause: unknown } | undefined> =>
  new Promise((resolve) => {
    const upstream = requestOverTls({
      host: forwarding.host,
      port: forwarding.port,
      path: forwarding.target,
      method: request.method ?? 'GET',
      headers: requestHeaders(request, forwarding),
      agent: forwarding.agent,
    });
    let settled = false;
    const settle = (outcome?: { readonly failure: UpstreamFailure; readonly cause: unknown }): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (failure: UpstreamFailure, cause: unknown): void => {
      settle({ failure, cause });
      upstream.destroy();
    };
    const timer = setTimeout(() => fail('timeout', `no answer after ${forwarding.timeout} ms`), forwarding.timeout);

    upstream.on('error', (cause) => fail(upstreamFailure(cause), cause));
    upstream.on('response', (answer) => {
      clearTimeout(timer);
      forwarding.onAnswer?.(answer.headers);
      try {
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer, forwarding));
      } catch (cause) {
        return fail('protocol', cause);
      }
      pipeline(answer, response, () => settle());
    });
    response.once('close', () => {
      if (response.writableFinished) return;
      settle();
      upstream.destroy();
    });
    sendBody(request, upstream);
  });

/** Answered here, or said anew to the Key Manager. */
const OF_THE_GATEWAY: ReadonlySet<string> = new Set(['host', 'expect', ACTIVITY_ID]);

const requestHeaders = (request: IncomingMessage, { host, port, activityId }: Forwarding): string[] => [
  ...endToEndHeaders(request.rawHeaders, OF_THE_GATEWAY),
  ...['Host', `${host}:${port}`, ACTIVITY_ID_AS_WRITTEN, activityId],
  ...bodyFraming(request),
];

const answerHeaders = ({ rawHeaders }: IncomingMessage, { activityId }: Forwarding): string[] => {
  const headers = endToEndHeaders(rawHeaders);
  return hasHeader(rawHeaders, ACTIVITY_ID) ? headers : [...headers, ACTIVITY_ID_AS_WRITTEN, activityId];
};
