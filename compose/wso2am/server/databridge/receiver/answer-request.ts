import { type Answer, EXCEPTION, OK } from '../answers.ts';
import type { Request } from '../requests.ts';
import type { ReceiverParts } from './open-receiver.ts';
import { passOnEvents } from './pass-on-events.ts';
import type { Sessions } from './sessions.ts';

const BRIDGE = 'org.wso2.carbon.databridge.core.DataBridge';
const AUTHENTICATOR = 'org.wso2.carbon.databridge.core.internal.authentication.Authenticator';

/** Does what a request asks for, and says what the product says to it. Never rejects; only a log-in takes time. */
export const answerRequest = (request: Request, parts: ReceiverParts, sessions: Sessions): Answer | Promise<Answer> => {
  switch (request.kind) {
    case 'login':
      return logIn(request.username, request.password, parts, sessions);
    case 'logout': {
      const user = sessions.find(request.sessionId);
      sessions.close(request.sessionId);
      parts
        .log(BRIDGE)
        .info(user === undefined ? `session ${request.sessionId} disconnected` : `user ${user} disconnected`);
      return OK;
    }
    case 'publish':
      if (sessions.find(request.sessionId) === undefined)
        return error(EXCEPTION.sessionTimeout, `${request.sessionId} expired`);
      passOnEvents(request.events, parts);
      return OK;
  }
};

const logIn = async (
  username: string,
  password: string,
  { authenticate, log }: ReceiverParts,
  sessions: Sessions,
): Promise<Answer> => {
  // The product says so before it looks at the password.
  log(BRIDGE).info(`user ${username} connected`);
  const refuse = (message: string, cause?: unknown): Answer => {
    log(AUTHENTICATOR).error(message, cause);
    return error(EXCEPTION.authentication, message);
  };
  try {
    const known = await authenticate(username, password);
    return known ? { kind: 'session', sessionId: sessions.open(username) } : refuse('wrong userName or password');
  } catch (cause) {
    return refuse('Error while authenticating the user', cause);
  }
};

const error = (className: string, message: string): Answer => ({ kind: 'error', className, message });
