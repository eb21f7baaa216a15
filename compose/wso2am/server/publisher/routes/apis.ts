import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import { parseQuery, satisfies } from '../../rest-api/query.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { removeFromGateways } from '../bring-to-gateways.ts';
import { changeApi } from '../change-api.ts';
import type { PublisherContext } from '../context.ts';
import type { Api } from '../model/api.ts';
import { apiBody, apiInfoBody } from '../model/api-body.ts';
import { apiChange } from '../model/api-change.ts';
import { apiFields } from '../model/api-fields.ts';
import { isDeployed } from '../model/lifecycle.ts';
import { searchFields } from '../model/search-fields.ts';
import { transportOf } from '../model/transport.ts';
import { mayManage } from '../rules/may-manage.ts';
import { requireApi } from '../rules/require-api.ts';
import { deleteApi, listApis } from '../stores/apis.ts';
import { listSubscriptions } from '../stores/subscriptions.ts';

/** List, get, update and delete APIs (wire.md 7.2, 7.3). */
export const apiRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/apis',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const query = call.query.get('query') ?? '';
      const conditions = parseQuery(query);
      const found = (await listApis(context)).filter(
        (api) => mayManage(user, api) && satisfies(searchFields(api), conditions),
      );
      return json(200, paged(found.map(apiInfoBody), pageOf(call.query), '/apis', { query }));
    },
  },
  {
    method: 'GET',
    path: '/apis/:apiId',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      return json(200, apiBody(context.version, api));
    },
  },
  {
    method: 'PUT',
    path: '/apis/:apiId',
    scopes: ['apim:api_create', 'apim:api_publish'],
    handle: async (call, { user }) => {
      const before = await requireApi(context, call.params.apiId ?? '', user);
      const { provider: _provider, ...fields } = await jsonBody(call, apiFields(context.version));
      const api: Api = {
        ...before,
        ...fields,
        // What an API is known by never changes, whatever the body says.
        name: before.name,
        version: before.version,
        type: before.type,
        transport: transportOf({ type: before.type, transport: fields.transport }),
        context: before.context,
        gatewayEnvironments: fields.gatewayEnvironments ?? before.gatewayEnvironments,
        lastUpdatedTime: new Date(context.clock()),
      };
      await changeApi(context, before, api, user.name);
      return json(200, apiBody(context.version, api));
    },
  },
  {
    method: 'DELETE',
    path: '/apis/:apiId',
    scopes: ['apim:api_delete', 'apim:api_create'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      if ((await listSubscriptions(context.apim, api.rowId)).length > 0) {
        throw new RestError('conflict', `Cannot remove the API ${api.id} as active subscriptions exist`);
      }
      await deleteApi(context, api, user.name);
      await context.events.apiChanged.fire(apiChange('deleted', api));
      if (isDeployed(api.status)) await removeFromGateways(context, api);
      return { status: 200 };
    },
  },
];
