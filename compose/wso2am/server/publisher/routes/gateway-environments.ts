import { json } from '../../carbon/web.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { environmentBody } from '../model/environment-body.ts';
import { requireApi } from '../rules/require-api.ts';

/** `GET /settings/gateway-environments`: all there are, or with `apiId` those of an API. */
export const gatewayEnvironmentsRoute = (context: PublisherContext): RestRoute => ({
  method: 'GET',
  path: '/settings/gateway-environments',
  scopes: ['apim:api_view'],
  handle: async (call, { user }) => {
    const apiId = call.query.get('apiId') ?? '';
    const names = apiId === '' ? undefined : (await requireApi(context, apiId, user)).gatewayEnvironments;
    const list = context.environments.filter(({ name }) => names?.includes(name) ?? true).map(environmentBody);
    return json(200, { count: list.length, list });
  },
});
