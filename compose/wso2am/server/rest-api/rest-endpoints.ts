import { REST_BASE_PATHS, type RestApi } from '../../../../lab/product/rest-apis.ts';
import { ClientGone, PayloadTooLarge } from '../carbon/read-body.ts';
import { SUPER_TENANT_DOMAIN } from '../carbon/user-store.ts';
import type { Answer, Call, Endpoint } from '../carbon/web.ts';
import { notSimulatedLog } from '../not-simulated.ts';
import { publishedOperations } from './published/published-operations.ts';
import { withoutRoute } from './published/without-route.ts';
import { type RestCaller, restCaller } from './rest-caller.ts';
import type { RestContext } from './rest-context.ts';
import { INTERNAL, RestError, restErrorAnswer, UNAUTHENTICATED } from './rest-error.ts';

/** One resource and method of a REST API. */
export type RestRoute = {
  readonly method: string;
  /** Below the base path: `/apis/:apiId`. */
  readonly path: string;
  /** The caller needs one of them. */
  readonly scopes: readonly string[];
  /** Throws `RestError` for whatever is not to be answered with success. */
  handle(call: Call, caller: RestCaller): Promise<Answer> | Answer;
  /** For routes that also serve whoever shows no credentials at all. */
  anonymously?(call: Call): Promise<Answer> | Answer;
};

const CLASS = 'org.wso2.carbon.apimgt.rest.api.util.exception.GlobalThrowableMapper';
const INTERCEPTOR = 'org.wso2.carbon.apimgt.rest.api.util.interceptors.auth.OAuthAuthenticationInterceptor';

/**
 * The routes of a REST API as endpoints under each base path of the node's version. What the version's published definition
 * has besides answers 501 to everybody.
 */
export const restEndpoints = (
  context: RestContext,
  api: RestApi,
  routes: readonly RestRoute[],
): readonly Endpoint[] => {
  const missing = withoutRoute(publishedOperations(api, context.version), routes);
  return REST_BASE_PATHS[api][context.version].flatMap((base) => [
    ...routes.map((route) => ({
      method: route.method,
      path: base + route.path,
      handle: (call: Call) => answerRest(context, call, () => dispatch(context, route, call)),
    })),
    ...missing.map(({ method, path }) => ({
      method,
      path: base + path.replace(/\{([\w-]+)\}/g, (_, name: string) => `:${name.replaceAll('-', '')}`),
      handle: (call: Call) => answerRest(context, call, () => refuseNotSimulated(call)),
    })),
  ]);
};

const refuseNotSimulated = ({ method, path }: Call): never => {
  throw new RestError('notSimulated', `The simulator does not simulate ${method} ${path}`);
};

const answerRest = async (context: RestContext, call: Call, answer: () => Promise<Answer> | never): Promise<Answer> => {
  try {
    return await answer();
  } catch (cause) {
    if (cause instanceof PayloadTooLarge || cause instanceof ClientGone) throw cause;
    if (cause instanceof RestError) {
      if (cause.kind === 'notSimulated') notSimulatedLog(context.log)(`${call.method} ${call.path}`);
      return restErrorAnswer(cause);
    }
    context
      .log(CLASS)
      .error(
        `An unknown exception has been captured: ${call.method} ${call.path} [activity ${call.activityId}]`,
        cause,
      );
    return restErrorAnswer(new RestError('internal', INTERNAL));
  }
};

const dispatch = async (context: RestContext, route: RestRoute, call: Call): Promise<Answer> => {
  if (route.anonymously && call.headers.authorization === undefined) {
    checkTenant(call);
    return route.anonymously(call);
  }
  const caller = await restCaller(context, call);
  if (!caller) throw new RestError('unauthenticated', UNAUTHENTICATED);
  if (!caller.hasAny(route.scopes)) {
    // As in the product: the answer does not tell a missing scope from a missing token, the log does.
    context.log(INTERCEPTOR).error('You cannot access API as scope validation failed');
    throw new RestError('unauthenticated', UNAUTHENTICATED);
  }
  checkTenant(call);
  return route.handle(call, caller);
};

/** `X-WSO2-Tenant` chooses the tenant; the simulator has the super tenant only. */
const checkTenant = ({ headers }: Call): void => {
  const tenant = headers['x-wso2-tenant'];
  if (tenant === undefined || tenant === '' || tenant === SUPER_TENANT_DOMAIN) return;
  throw new RestError('badRequest', `Provided tenant domain '${tenant}' is invalid`);
};
