import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { Agent } from 'node:https';
import { ACTIVITY_ID_AS_WRITTEN, activityIdOf } from '../carbon/activity-id.ts';
import { splitTarget } from '../carbon/call.ts';
import type { Log } from '../carbon/log.ts';
import type { Answer } from '../carbon/web.ts';
import { writeAnswer } from '../carbon/write-answer.ts';
import { FAULTS, faultAnswer, faultFormat } from './fault.ts';
import { forward } from './forward.ts';
import { findApi, type OAuthApi, TOKEN_API } from './oauth-apis.ts';
import { upstreamFault } from './upstream-fault.ts';
import { WELCOME } from './welcome.ts';

export type Passthrough = {
  readonly apis: readonly OAuthApi[];
  /** Of `apim.key_manager.service_url`; undefined when that is no URL. */
  readonly keyManager: { readonly host: string; readonly port: number } | undefined;
  readonly agent: Agent;
  /** Milliseconds. */
  readonly timeout: number;
  readonly log: Log;
  /** Hears of the headers of each answer of the token API; what it learns is this gateway's alone (wire.md 4.6). */
  readonly onTokenAnswer?: (headers: IncomingHttpHeaders) => void;
  /** Answers what is none of these: calls of published APIs on a gateway, else the fault for an unknown one. */
  readonly otherwise: RequestListener;
};

/** Time-out of the OAuth APIs' endpoints, milliseconds (wire.md 1.2). */
export const OAUTH_TIMEOUT = 60_000;

/** What a node answers on 8243 and 8280: its welcome page, the way to the Key Manager, and all else as it may. */
export const servePassthrough =
  (passthrough: Passthrough): RequestListener =>
  (request, response) => {
    const method = request.method ?? 'GET';
    const { path, query } = splitTarget(request.url ?? '/');
    const isWelcome = path === '/' && (method === 'GET' || method === 'HEAD');
    const found = findApi(passthrough.apis, path);
    if (!found && !isWelcome) return passthrough.otherwise(request, response);

    const activityId = activityIdOf(request.headers);
    const answer = (value: Answer): void => writeWithId(response, value, activityId);
    const { keyManager, agent, timeout, log } = passthrough;
    if (!found) return answer(WELCOME);
    if (!found.api.methods.includes(method))
      return answer(faultAnswer(FAULTS.wrongMethod, faultFormat(method, request.headers)));
    if (!keyManager) return answer(faultAnswer(upstreamFault('sender'), 'xml'));

    const target = found.api.target + found.rest + (query === '' ? '' : `?${query}`);
    const onAnswer = found.api.name === TOKEN_API ? passthrough.onTokenAnswer : undefined;
    forward(request, response, { ...keyManager, target, agent, timeout, activityId, onAnswer })
      .catch((cause: unknown) => ({ failure: 'sender' as const, cause }))
      .then((outcome) => {
        if (!outcome) return;
        const fault = upstreamFault(outcome.failure);
        const reason = outcome.cause instanceof Error ? outcome.cause.message : String(outcome.cause);
        log.warn(
          `STATUS = Executing token 'fault' sequence, ERROR_CODE = ${fault.code}, ERROR_MESSAGE = ${fault.description} (${found.api.name}, ${keyManager.host}:${keyManager.port}: ${reason})`,
        );
        if (response.headersSent) response.destroy();
        // The fault sequence of these APIs fixes the format (wire.md 1.2).
        else answer(faultAnswer(fault, 'xml'));
      })
      .catch((cause: unknown) => {
        log.error(`Could not write the answer of ${method} ${path}`, cause);
        response.destroy();
      });
  };

/** The fault of a node that has no published APIs. */
export const noSuchApi: RequestListener = (request, response) => {
  const format = faultFormat(request.method ?? 'GET', request.headers);
  writeWithId(response, faultAnswer(FAULTS.noSuchApi, format), activityIdOf(request.headers));
};

const writeWithId = (response: ServerResponse, answer: Answer, activityId: string): void => {
  response.setHeader(ACTIVITY_ID_AS_WRITTEN, activityId);
  writeAnswer(response, answer);
};
