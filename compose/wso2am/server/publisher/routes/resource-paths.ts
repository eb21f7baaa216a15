import { json } from '../../carbon/web.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { requireApi } from '../rules/require-api.ts';
import { listUrlMappings } from '../stores/url-mappings.ts';

/** `GET /apis/{apiId}/resource-paths`: its resources with the ids of their rows. */
export const resourcePathsRoute = (context: PublisherContext): RestRoute => ({
  method: 'GET',
  path: '/apis/:apiId/resource-paths',
  scopes: ['apim:api_view'],
  handle: async ({ params, query }, { user }) => {
    const api = await requireApi(context, params.apiId ?? '', user);
    const list = await listUrlMappings(context.apim, api.rowId);
    return json(200, paged(list, pageOf(query), `/apis/${api.id}/resource-paths`));
  },
});
