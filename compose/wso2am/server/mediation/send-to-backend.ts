import {
  type ClientRequest,
  type IncomingMessage,
  request as overPlain,
  type Agent as PlainAgent,
  type ServerResponse,
} from 'node:http';
import { request as overTls, type Agent as TlsAgent } from 'node:https';
import { ACTIVITY_ID, ACTIVITY_ID_AS_WRITTEN } from '../carbon/activity-id.ts';
import { readBody } from '../carbon/read-body.ts';
import type { Fault } from '../gateway/fault.ts';
import { endToEndHeaders, hasHeader } from '../gateway/hop-by-hop.ts';
import { bodyFraming, hasBody, sendBody } from '../gateway/send-body.ts';
import { type UpstreamFailure, upstreamFailure } from '../gateway/upstream-fault.ts';
import { backendAddress } from './backend-address.ts';
import { type CheckedMessages, isJson, LARGEST_CHECKED } from './schema/check-messages.ts';
import { watchCall } from './watch-call.ts';

export type BackendAgents = { readonly http: PlainAgent; readonly https: TlsAgent };

export type BackendCall = {
  /** Of the endpoint. */
  readonly target: URL;
  /** Follows the endpoint's path; with the query. */
  readonly postfix: string;
  readonly agents: BackendAgents;
  /** Milliseconds until the answer must have begun. */
  readonly timeout: number;
  readonly activityId: string;
  /** Request headers, in lower case, that end at the gateway. */
  readonly withheld: ReadonlySet<string>;
  /** The request's body, if it had to be read; else it is streamed. */
  readonly body: Buffer | undefined;
  /** Added to the answer where the back end does not set them itself. */
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** For an API whose messages are checked: what answers in JSON have to pass. */
  readonly checked?: CheckedMessages | undefined;
};

export type BackendOutcome =
  /** Also when the client went away. */
  | { readonly kind: 'answered' | 'abandoned' }
  /** The back end answered, but not as it should. */
  | { readonly kind: 'refused'; readonly fault: Fault }
  | {
      readonly kind: 'failed';
      readonly failure: UpstreamFailure;
      readonly cause: unknown;
      /** Whether it failed on a connection kept from an earlier call. */
      readonly stale: boolean;
    };

/** Methods that may be repeated without harm (RFC 9110, 9.2.2). */
const IDEMPOTENT: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/**
 * Sends a request to a back end and its answer back, both streamed, at the pace of the slower side. A client that goes away
 * ends the call at the back end; a back end that breaks off within its answer ends the client's connection.
 */
export const sendToBackend = async (
  request: IncomingMessage,
  response: ServerResponse,
  call: BackendCall,
): Promise<BackendOutcome> => {
  const first = await attempt(request, response, call);
  // The back end closed a kept connection in the moment it was used again: no failure of its.
  const repeatable = IDEMPOTENT.includes(request.method ?? '') && canBeRepeated(request, call);
  const mayRepeat = first.kind === 'failed' && first.stale && repeatable && !response.headersSent;
  return mayRepeat && !response.destroyed ? attempt(request, response, call) : first;
};

/** Whether a request can be sent once more: a body that was streamed is gone. */
export const canBeRepeated = (request: IncomingMessage, { body }: Pick<BackendCall, 'body'>): boolean =>
  body !== undefined || !hasBody(request);

const attempt = (request: IncomingMessage, response: ServerResponse, call: BackendCall): Promise<BackendOutcome> =>
  new Promise((resolve) => {
    const upstream = open(request, call);
    const settle = (outcome: BackendOutcome): void => {
      watch.stop();
      response.off('close', onClose);
      resolve(outcome);
    };
    const fail = (failure: UpstreamFailure, cause: unknown): void => {
      settle({ kind: 'failed', failure, cause, stale: failure === 'closed' && upstream.reusedSocket });
      upstream.destroy();
    };
    const onClose = (): void => {
      if (response.writableFinished) return;
      settle({ kind: 'abandoned' });
      upstream.destroy();
    };
    const watch = watchCall(call.timeout, (reason) => fail('timeout', reason));

    upstream.on('error', (cause) => fail(upstreamFailure(cause), cause));
    upstream.on('response', (answer) => {
      watch.answered();
      if (call.checked && isJson(answer.headers['content-type']) && request.method !== 'HEAD') {
        answer.on('data', watch.moved);
        passChecked(answer, response, call, call.checked).then(settle, (cause) => fail('protocol', cause));
        return;
      }
      try {
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer, call));
      } catch (cause) {
        return fail('protocol', cause);
      }
      // Neither `pipeline` nor `pipe`: an abort controller, or eight listeners, for each answer were 5 % of what a call costs.
      answer.on('error', () => undefined);
      answer.on('close', () => {
        settle({ kind: 'answered' });
        if (!answer.complete) response.destroy();
      });
      answer.on('data', (chunk: Buffer) => {
        watch.moved();
        if (response.write(chunk)) return;
        answer.pause();
        response.once('drain', () => answer.resume());
      });
      answer.on('end', () => response.end());
    });
    response.on('close', onClose);
    if (call.body) upstream.end(call.body);
    else {
      sendBody(request, upstream);
      if (hasBody(request)) request.on('data', watch.moved);
    }
  });

/** Lets an answer pass once it was read whole and found good. */
const passChecked = async (
  answer: IncomingMessage,
  response: ServerResponse,
  call: BackendCall,
  checked: CheckedMessages,
): Promise<BackendOutcome> => {
  const body = await readBody(answer, LARGEST_CHECKED);
  const fault = await checked.checkAnswer(answer.statusCode ?? 502, body);
  if (fault) return { kind: 'refused', fault };
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer, call));
  response.end(body);
  return { kind: 'answered' };
};

const open = (request: IncomingMessage, call: BackendCall): ClientRequest => {
  const { agents } = call;
  const { secure, hostname, port, path } = backendAddress(call.target);
  const options = {
    method: request.method ?? 'GET',
    host: hostname,
    port,
    path: path + call.postfix || '/',
    headers: requestHeaders(request, call),
    agent: secure ? agents.https : agents.http,
  };
  return secure ? overTls(options) : overPlain(options);
};

/** Answered here, or said anew to the back end. */
const OF_THE_GATEWAY: readonly string[] = ['host', 'expect', ACTIVITY_ID];

/** @param names in lower case, of headers that end at the gateway beside its own */
export const withheldSet = (names: readonly string[]): ReadonlySet<string> => new Set([...OF_THE_GATEWAY, ...names]);

const requestHeaders = (request: IncomingMessage, call: BackendCall): string[] => {
  const { target, activityId, withheld, body } = call;
  const ends = body ? new Set([...withheld, 'content-length']) : withheld;
  const headers = endToEndHeaders(request.rawHeaders, ends);
  headers.push('Host', backendAddress(target).host, ACTIVITY_ID_AS_WRITTEN, activityId);
  if (body) headers.push('Content-Length', String(body.length));
  else headers.push(...bodyFraming(request));
  return headers;
};

const answerHeaders = ({ rawHeaders }: IncomingMessage, call: BackendCall): string[] => {
  const headers = endToEndHeaders(rawHeaders);
  for (const name of Object.keys(call.answerHeaders))
    if (!hasHeader(rawHeaders, name.toLowerCase())) headers.push(name, call.answerHeaders[name] ?? '');
  if (!hasHeader(rawHeaders, ACTIVITY_ID)) headers.push(ACTIVITY_ID_AS_WRITTEN, call.activityId);
  return headers;
};
