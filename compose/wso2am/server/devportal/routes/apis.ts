import type { User } from '../../carbon/user-store.ts';
import { type Answer, type Call, json } from '../../carbon/web.ts';
import { searchFields } from '../../publisher/model/search-fields.ts';
import { listApis } from '../../publisher/stores/apis.ts';
import { listPolicies } from '../../publisher/stores/policies.ts';
import { paged, pageOf } from '../../rest-api/paging.ts';
import { parseQuery, satisfies } from '../../rest-api/query.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { DevportalContext } from '../context.ts';
import { apiBody, apiInfoBody } from '../model/api-body.ts';
import { portalDefinition } from '../model/portal-definition.ts';
import { isListed, requireVisibleApi } from '../rules/visible-apis.ts';
import { open } from './open.ts';

/** What can be subscribed to (wire.md 7.3); visitors see what is public. */
export const apiRoutes = (context: DevportalContext): readonly RestRoute[] => [
  open('/apis', (call, user) => list(context, call, user)),
  open('/apis/:apiId', async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    const [definition, policies] = await Promise.all([
      portalDefinition(context, api),
      listPolicies(context.apim, 'subscription'),
    ]);
    return json(200, apiBody(context, api, JSON.stringify(definition), policies));
  }),
  open('/apis/:apiId/swagger', async (call, user) => {
    const api = await requireVisibleApi(context, call.params.apiId ?? '', user);
    return json(200, await portalDefinition(context, api));
  }),
];

const list = async (context: DevportalContext, call: Call, user: User | undefined): Promise<Answer> => {
  const query = call.query.get('query') ?? '';
  const conditions = parseQuery(query);
  const found = (await listApis(context)).filter(
    (api) => isListed(api, user) && satisfies(searchFields(api), conditions),
  );
  return json(200, paged(found.map(apiInfoBody), pageOf(call.query), '/apis', { query }));
};
