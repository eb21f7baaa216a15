import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Access, accessLine } from './access-log.ts';
import { callOf, type UnroutedCall } from './call.ts';
import type { Log } from './log.ts';
import { ClientGone, PayloadTooLarge } from './read-body.ts';
import type { Router } from './router.ts';
import { tomcatPage } from './tomcat-page.ts';
import type { Answer } from './web.ts';
import { writeAnswer } from './write-answer.ts';

export type CallServing = {
  readonly router: Router;
  /** Answers what no endpoint is there for. */
  readonly fallback: (call: UnroutedCall) => Promise<Answer> | Answer;
  readonly secure: boolean;
  /** Bytes a request's body may have. */
  readonly bodyLimit: number;
  readonly log: Log;
  readonly accessLog: (line: string) => void;
};

/** Name the servlet transport gives itself (`catalina-server.xml` of the product). */
const SERVER = 'WSO2 Carbon Server';

/** Turns requests into calls, finds their endpoint and writes its answer; no failure of an endpoint gets past here. */
export const serveCalls =
  (serving: CallServing): RequestListener =>
  (request, response) => {
    const call = callOf(request, serving);
    response.setHeader('Server', SERVER);
    recordAccess(request, response, call, serving);
    answerCall(call, serving)
      .then(
        (answer) => writeAnswer(response, answer),
        (cause) => writeFailure(response, cause, call, serving.log),
      )
      .catch((cause) => {
        // Only an answer that cannot be written ends here, such as one with a line break in a header.
        serving.log.error(`Could not write the answer of ${call.method} ${call.path}`, cause);
        response.destroy();
      });
  };

const answerCall = async (call: UnroutedCall, { router, fallback }: CallServing): Promise<Answer> => {
  const route = router(call.method, call.path);
  switch (route.kind) {
    case 'endpoint':
      return route.endpoint.handle({ ...call, params: route.params });
    case 'wrong-method':
      return tomcatPage(405, 'The method is not supported for this resource.', { Allow: route.allowed.join(', ') });
    case 'bad-path':
      return tomcatPage(400, 'The path is malformed.');
    case 'none':
      return fallback(call);
  }
};

const writeFailure = (response: ServerResponse, cause: unknown, call: UnroutedCall, log: Log): void => {
  if (cause instanceof ClientGone) {
    response.destroy();
    return;
  }
  if (cause instanceof PayloadTooLarge) {
    // The rest of the body is still coming; the connection cannot carry another request.
    writeAnswer(response, tomcatPage(413, 'The request is too large.', { Connection: 'close' }));
    return;
  }
  log.error(`Servlet.service() for ${call.method} ${call.path} threw exception [activity ${call.activityId}]`, cause);
  writeAnswer(response, tomcatPage(500, 'The server met an error; its log says which.'));
};

const recordAccess = (
  request: IncomingMessage,
  response: ServerResponse,
  call: UnroutedCall,
  { accessLog }: CallServing,
): void => {
  response.once('finish', () => {
    const access: Access = {
      time: new Date(),
      remoteAddress: call.remoteAddress,
      method: call.method,
      target: request.url ?? '',
      httpVersion: request.httpVersion,
      status: response.statusCode,
      bytes: call.method === 'HEAD' ? 0 : Number(response.getHeader('content-length') ?? 0),
    };
    accessLog(accessLine(access));
  });
};
