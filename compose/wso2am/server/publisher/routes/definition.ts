import { json } from '../../carbon/web.ts';
import { multipartBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { changeApi } from '../change-api.ts';
import type { PublisherContext } from '../context.ts';
import { definitionIn } from '../open-api/definition-in.ts';
import { generateDefinition } from '../open-api/generate-definition.ts';
import { operationsIn, readDefinitionText } from '../open-api/read-definition.ts';
import { requireApi } from '../rules/require-api.ts';
import { readDefinition } from '../stores/api-documents.ts';

/** The OpenAPI definition of an API. The operations of one that is put become those of the API. */
export const definitionRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'GET',
    path: '/apis/:apiId/swagger',
    scopes: ['apim:api_view'],
    handle: async (call, { user }) => {
      const api = await requireApi(context, call.params.apiId ?? '', user);
      const body = (await readDefinition(context.shared, api)) ?? JSON.stringify(generateDefinition(api, 'V3'));
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
    },
  },
  {
    method: 'PUT',
    path: '/apis/:apiId/swagger',
    scopes: ['apim:api_create'],
    handle: async (call, { user }) => {
      const before = await requireApi(context, call.params.apiId ?? '', user);
      const written = await readDefinitionText(await definitionIn(context, await multipartBody(call)));
      const scopes = before.scopes.map(({ name }) => name);
      const operations = operationsIn(written, before.operations, scopes);
      const api = { ...before, operations, lastUpdatedTime: new Date(context.clock()) };
      return json(200, await changeApi(context, before, api, user.name, written));
    },
  },
];
