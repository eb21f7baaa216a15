import { ClientGone, PayloadTooLarge } from '../carbon/read-body.ts';
import type { Answer, Call } from '../carbon/web.ts';
import { DatabaseError } from '../database/database-error.ts';
import type { KeyManagerContext } from './context.ts';
import { OAuthError, oauthErrorAnswer } from './oauth-error.ts';

type Handler = (call: Call) => Promise<Answer>;

/**
 * Turns what an OAuth2 endpoint throws into its answer: refusals as they are, a database that fails into 502, anything else
 * into 500 (wire.md 1.6). What concerns the connection itself is left to the listener.
 * @param className under which an unexpected failure is logged
 */
export const answering = (context: KeyManagerContext, className: string, handler: Handler): Handler => {
  const log = context.log(className);
  const errorOf = (cause: unknown, call: Call): OAuthError => {
    if (cause instanceof OAuthError) return cause;
    log.error(`${call.method} ${call.path} failed [activity ${call.activityId}]`, cause);
    return new OAuthError(cause instanceof DatabaseError ? 'databaseUnavailable' : 'internal');
  };
  return async (call) => {
    try {
      return await handler(call);
    } catch (cause) {
      if (cause instanceof PayloadTooLarge || cause instanceof ClientGone) throw cause;
      return oauthErrorAnswer(errorOf(cause, call), context.settings.realm);
    }
  };
};
