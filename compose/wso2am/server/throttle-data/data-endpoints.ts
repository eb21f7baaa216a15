import type { CarbonContext } from '../carbon/context.ts';
import { ClientGone, PayloadTooLarge } from '../carbon/read-body.ts';
import type { Answer, Call, Endpoint } from '../carbon/web.ts';
import { INTERNAL, RestError, restErrorAnswer, UNAUTHENTICATED } from '../rest-api/rest-error.ts';

/** One resource of a web application that nodes ask each other for data. */
export type DataRoute = {
  readonly method: 'GET' | 'POST';
  /** Below the context path: `/block`. */
  readonly path: string;
  handle(call: Call): Promise<Answer>;
};

/** What the data services need of their node. */
export type DataContext = Pick<CarbonContext, 'version' | 'databases' | 'authenticator' | 'log'>;

const CLASS = 'org.wso2.carbon.apimgt.rest.api.util.exception.GlobalThrowableMapper';

/**
 * Routes as endpoints for whoever shows user and password; Bearer tokens are none of it (wire.md 7.1). Any user will do: the
 * resources name no scope.
 */
export const dataEndpoints = (
  { authenticator, log }: Pick<DataContext, 'authenticator' | 'log'>,
  contextPath: string,
  routes: readonly DataRoute[],
): readonly Endpoint[] =>
  routes.map(({ method, path, handle }) => ({
    method,
    path: contextPath + path,
    handle: async (call) => {
      try {
        if (await authenticator.basic(call)) return await handle(call);
        return restErrorAnswer(new RestError('unauthenticated', UNAUTHENTICATED));
      } catch (cause) {
        if (cause instanceof PayloadTooLarge || cause instanceof ClientGone) throw cause;
        if (cause instanceof RestError) return restErrorAnswer(cause);
        // The product answers an empty list when its database fails; a gateway would take that for the truth and not ask again.
        log(CLASS).error(`${call.method} ${call.path} failed [activity ${call.activityId}]`, cause);
        return restErrorAnswer(new RestError('internal', INTERNAL));
      }
    },
  }));
