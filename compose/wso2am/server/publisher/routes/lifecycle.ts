import { type Answer, json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { INTERNAL, RestError } from '../../rest-api/rest-error.ts';
import { bringToGateways } from '../bring-to-gateways.ts';
import type { PublisherContext } from '../context.ts';
import { endpointUrls } from '../gateway-deployer/endpoint-urls.ts';
import type { Api } from '../model/api.ts';
import { apiChange } from '../model/api-change.ts';
import { ACTIONS, allowedActions, type LifecycleState, lifecycleBody, nextState } from '../model/lifecycle.ts';
import { requireApi } from '../rules/require-api.ts';
import { updateApi } from '../stores/apis.ts';
import { lifecycleEvents } from '../stores/lifecycle-events.ts';

const CLASS = 'org.wso2.carbon.apimgt.impl.executors.APIExecutor';

/** `change-lifecycle` and what shows the state (wire.md 7.2, step 4). */
export const lifecycleRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/apis/change-lifecycle',
    scopes: ['apim:api_publish'],
    handle: async (call, { user }) => {
      const action = call.query.get('action') ?? '';
      const before = await requireApi(context, call.query.get('apiId') ?? '', user);
      const status = targetOf(before, action);
      refuseCheckList(call.query.get('lifecycleChecklist') ?? '');
      if (status === 'PUBLISHED') checkPublishable(context, before);
      const api = { ...before, status, lastUpdatedTime: new Date(context.clock()) };
      await updateApi(context, api, user.name);
      await context.events.apiChanged.fire(apiChange('lifecycle-changed', api));
      await bringToGateways(context, before, api);
      return changed(status);
    },
  },
  {
    method: 'GET',
    path: '/apis/:apiId/lifecycle-state',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) =>
      json(200, lifecycleBody((await requireApi(context, call.params.apiId ?? '', user)).status)),
  },
  {
    method: 'GET',
    path: '/apis/:apiId/lifecycle-history',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const list = (await lifecycleEvents(context.apim, api.rowId)).map((event) => ({
        previousState: event.previousState ?? null,
        postState: event.postState,
        user: event.user,
        updatedTime: event.updatedTime.toISOString(),
      }));
      return json(200, { count: list.length, list });
    },
  },
];

const targetOf = ({ status }: Api, action: string): LifecycleState => {
  const target = ACTIONS.includes(action) ? nextState(status, action) : undefined;
  if (target !== undefined) return target;
  const allowed = allowedActions(status).join(', ');
  throw new RestError('badRequest', `Action '${action}' is not allowed. Allowed actions are [${allowed}]`);
};

/** The boxes of the check list have effects that are not simulated, so ticking one must not look like success. */
const refuseCheckList = (checkList: string): void => {
  if (/:\s*true/i.test(checkList)) {
    throw new RestError('notSimulated', 'The simulator does not simulate lifecycleChecklist');
  }
};

/** What the product's executor wants of an API to publish; its failures reach the caller as an internal error. */
const checkPublishable = ({ log }: PublisherContext, api: Api): void => {
  const urls = endpointUrls(api);
  const problem =
    urls.production === undefined && urls.sandbox === undefined
      ? 'No endpoint selected'
      : api.policies.length === 0
        ? 'No Tiers selected'
        : undefined;
  if (problem === undefined) return;
  log(CLASS).error(`Failed to publish service to API store while executing APIExecutor. ${problem}`);
  throw new RestError('internal', INTERNAL);
};

const changed = (state: LifecycleState): Answer =>
  json(200, { workflowStatus: 'APPROVED', jsonPayload: null, lifecycleState: lifecycleBody(state) });
