import { json } from '../../carbon/web.ts';
import { multipartBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { bringToGateways } from '../bring-to-gateways.ts';
import type { PublisherContext } from '../context.ts';
import { apiChange } from '../model/api-change.ts';
import { describeOperations, generateDefinition } from '../open-api/generate-definition.ts';
import { operationsIn, readDefinitionText } from '../open-api/read-definition.ts';
import { checkReferences } from '../rules/check-references.ts';
import { requireApi } from '../rules/require-api.ts';
import { readDefinition } from '../stores/api-documents.ts';
import { updateApi } from '../stores/apis.ts';

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
      const written = await readDefinitionText(definitionIn(await multipartBody(call)));
      const scopes = before.scopes.map(({ name }) => name);
      const operations = operationsIn(written, before.operations, scopes);
      const api = { ...before, operations, lastUpdatedTime: new Date(context.clock()) };
      await checkReferences(context, api);
      const definition = describeOperations(written, api);
      await updateApi(context, api, user.name, JSON.stringify(definition));
      await context.events.apiChanged.fire(apiChange('updated', api, before));
      await bringToGateways(context, before, api);
      return json(200, definition);
    },
  },
];

/** The field `apiDefinition`; a URL or a file instead of it is not simulated. */
const definitionIn = (form: FormData): string => {
  const field = form.get('apiDefinition');
  if (typeof field === 'string') return field;
  if (form.has('url') || form.has('file')) {
    throw new RestError('notSimulated', 'The simulator takes a definition from the field apiDefinition only');
  }
  throw new RestError('badRequest', 'The field apiDefinition is missing');
};
