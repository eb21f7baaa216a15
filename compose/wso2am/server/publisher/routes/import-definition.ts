import { json } from '../../carbon/web.ts';
import { checked, multipartBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { makeApi } from '../make-api.ts';
import { apiBody } from '../model/api-body.ts';
import { apiFields } from '../model/api-fields.ts';
import { definitionIn } from '../open-api/definition-in.ts';
import { describeOperations } from '../open-api/generate-definition.ts';
import { operationsIn, readDefinitionText } from '../open-api/read-definition.ts';
import { validateDefinition } from '../open-api/validate-definition.ts';

/** Definitions that are looked at before there is an API, and that become one. */
export const importDefinitionRoutes = (context: PublisherContext): readonly RestRoute[] => [
  {
    method: 'POST',
    path: '/apis/validate-openapi',
    scopes: ['apim:api_create'],
    handle: async (call) => {
      const text = await definitionIn(context, await multipartBody(call));
      return json(200, await validateDefinition(text, call.query.get('returnContent') === 'true'));
    },
  },
  {
    method: 'POST',
    path: '/apis/import-openapi',
    scopes: ['apim:api_create'],
    handle: async (call, { user }) => {
      const form = await multipartBody(call);
      const fields = checked(additionalProperties(form), apiFields(context.version));
      const written = await readDefinitionText(await definitionIn(context, form));
      const scopes = fields.scopes.map(({ name }) => name);
      const operations = operationsIn(written, [], scopes);
      const created = await makeApi(context, { ...fields, operations }, user, (api) =>
        describeOperations(written, api),
      );
      return json(201, apiBody(context.version, created), { Location: locationOf(context, `/apis/${created.id}`) });
    },
  },
];

/** The fields of the API to be, as JSON in a field of the form. */
const additionalProperties = (form: FormData): unknown => {
  const field = form.get('additionalProperties');
  if (typeof field !== 'string') throw new RestError('badRequest', 'The field additionalProperties is missing');
  try {
    return JSON.parse(field);
  } catch {
    throw new RestError('badRequest', 'The field additionalProperties is no JSON');
  }
};
