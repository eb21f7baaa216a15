import { json } from '../../carbon/web.ts';
import { searchContent } from '../../rest-api/content-search.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { apiResultBody, documentResultBody } from '../model/search-body.ts';
import { mayManage } from '../rules/may-manage.ts';
import { listApis } from '../stores/apis.ts';
import { listDocumentation } from '../stores/documentation.ts';
import { searchedApis } from '../stores/searched-apis.ts';

/** `GET /search`: APIs that the user manages, and their documents. */
export const searchRoute = (context: PublisherContext): RestRoute => ({
  method: 'GET',
  path: '/search',
  scopes: ['apim:api_view'],
  handle: async (call, { user }) => {
    const query = call.query.get('query') ?? '';
    const apis = (await listApis(context)).filter((api) => mayManage(user, api));
    const all = await searchedApis(context, apis, (api) => listDocumentation(context.shared, api));
    const bodies = searchContent(query, all).map(({ api, document }) =>
      document ? documentResultBody(api, document) : apiResultBody(api),
    );
    return json(200, paged(bodies, pageOf(call.query), '/search', { query }));
  },
});
