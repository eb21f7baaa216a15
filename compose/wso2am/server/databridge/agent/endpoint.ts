import type { Log } from '../../carbon/log.ts';
import { type Answer, EXCEPTION } from '../answers.ts';
import { encodeLogin, encodeLogout, encodePublish } from '../requests.ts';
import { type ClientConnection, type Dialling, openConnection } from './client-connection.ts';
import type { Target } from './server-url.ts';

/** `busy` while a batch is on its way, `initialising` while logging in (wire.md 5.2). */
export type EndpointState = 'initialising' | 'active' | 'busy' | 'unavailable';

/** One receiver as the agent sees it. No method rejects. */
export type Endpoint = {
  readonly state: EndpointState;
  readonly target: Target;
  /** Logs in: `active` afterwards, or `unavailable` with a line in the log. */
  connect(): Promise<void>;
  /** Sends a batch; false when it must be sent again, elsewhere or later. */
  send(events: readonly Buffer[]): Promise<boolean>;
  /** Looks whether the receiver still takes connections; `unavailable` afterwards if not. */
  check(): Promise<void>;
  logOut(): Promise<void>;
};

export type EndpointParts = Dialling & {
  readonly username: string;
  readonly password: string;
  readonly log: (className: string) => Log;
};

const WORKER = 'org.wso2.carbon.databridge.agent.endpoint.DataEndpointConnectionWorker';
const ENDPOINT = 'org.wso2.carbon.databridge.agent.endpoint.DataEndpoint';

/** Milliseconds an unused connection is kept (wire.md 5.2). */
const IDLE_TIME = 5_500;

/** An endpoint that is not connected yet. */
export const createEndpoint = (target: Target, parts: EndpointParts): Endpoint => {
  const { log, clock, signal } = parts;
  let state: EndpointState = 'unavailable';
  let sessionId = '';
  let kept: ClientConnection | undefined;
  let callOffIdle = (): void => undefined;

  const dropKept = (): void => {
    callOffIdle();
    kept?.close();
    kept = undefined;
  };

  /** One request on a connection of its own, which log-in and log-out are too rare to share. */
  const exchangeOnce = async (frame: Buffer): Promise<Answer> => {
    const connection = await openConnection(target.auth, parts);
    try {
      return await connection.request(frame);
    } finally {
      connection.close();
    }
  };

  const logIn = async (): Promise<void> => {
    const answer = await exchangeOnce(encodeLogin(parts.username, parts.password));
    if (answer.kind !== 'session') throw refusalOf(answer);
    sessionId = answer.sessionId;
  };

  const publish = async (events: readonly Buffer[]): Promise<Answer> => {
    callOffIdle();
    if (!kept?.alive) kept = await openConnection(target.receiver, parts);
    const answer = await kept.request(encodePublish(sessionId, events));
    callOffIdle = clock.after(IDLE_TIME, dropKept);
    return answer;
  };

  /** A session ends while the agent lives: it logs in again and sends again, once (wire.md 5.1). */
  const deliver = async (events: readonly Buffer[]): Promise<void> => {
    let answer = await publish(events);
    if (answer.kind === 'error' && answer.className === EXCEPTION.sessionTimeout) {
      await logIn();
      answer = await publish(events);
    }
    if (answer.kind === 'error' && answer.className === EXCEPTION.undefinedEventType)
      log(ENDPOINT).error(`Unable to process this event. ${answer.message}`);
    else if (answer.kind !== 'ok') throw refusalOf(answer);
  };

  return {
    get state() {
      return state;
    },
    target,
    connect: async () => {
      state = 'initialising';
      try {
        await logIn();
        state = 'active';
      } catch (cause) {
        state = 'unavailable';
        if (!signal.aborted)
          log(WORKER).error(
            `Error while trying to connect to the endpoint. Cannot borrow client for ${target.auth.text}.`,
            cause,
          );
      }
    },
    send: async (events) => {
      state = 'busy';
      try {
        await deliver(events);
        state = 'active';
        return true;
      } catch (cause) {
        state = 'unavailable';
        dropKept();
        if (!signal.aborted) log(ENDPOINT).error('Unable to send events to the endpoint. ', cause);
        return false;
      }
    },
    check: async () => {
      if (state !== 'active') return;
      try {
        (await openConnection(target.receiver, parts)).close();
      } catch {
        if (state === 'active') state = 'unavailable';
      }
    },
    logOut: async () => {
      dropKept();
      if (state === 'unavailable' || sessionId === '') return;
      try {
        await exchangeOnce(encodeLogout(sessionId));
      } catch {
        log(WORKER).warn(`Cannot connect to the server at ${target.auth.text}, for user: ${parts.username}`);
      }
    },
  };
};

const refusalOf = (answer: Answer): Error =>
  new Error(answer.kind === 'error' ? `${answer.className}: ${answer.message}` : `An answer of kind ${answer.kind}`);
