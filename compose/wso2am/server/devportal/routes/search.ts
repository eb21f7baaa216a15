import { json } from '../../carbon/web.ts';
import { apiResultBody, documentResultBody } from '../../publisher/model/search-body.ts';
import { listApis } from '../../publisher/stores/apis.ts';
import { searchedApis } from '../../publisher/stores/searched-apis.ts';
import { searchContent } from '../../rest-api/content-search.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { readableDocuments } from '../rules/readable-documents.ts';
import { isListed } from '../rules/visible-apis.ts';
import { open } from './open.ts';

/** `GET /search`: APIs and documents that whoever asks may see. */
export const searchRoute = (context: DevportalContext): RestRoute =>
  open('/search', async (call, user) => {
    const query = call.query.get('query') ?? '';
    const apis = (await listApis(context)).filter((api) => isListed(api, user));
    const all = await searchedApis(context, apis, (api) => readableDocuments(context, api, user));
    const bodies = searchContent(query, all).map(({ api, document }) =>
      document
        ? documentResultBody(api, document)
        : { ...apiResultBody(api), businessInformation: api.businessInformation, avgRating: '0.0' },
    );
    return json(200, paged(bodies, pageOf(call.query), '/search', { query }));
  });
