import { json } from '../../carbon/web.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { makeApi } from '../make-api.ts';
import { apiBody } from '../model/api-body.ts';
import { apiFields } from '../model/api-fields.ts';
import type { OpenApiVersion } from '../open-api/definition.ts';
import { generateDefinition } from '../open-api/generate-definition.ts';

/** `POST /apis` (wire.md 7.2, step 3). */
export const createApiRoute = (context: PublisherContext): RestRoute => ({
  method: 'POST',
  path: '/apis',
  scopes: ['apim:api_create'],
  handle: async (call, { user }) => {
    const fields = await jsonBody(call, apiFields(context.version));
    const version = openApiVersionOf(call.query.get('openAPIVersion'));
    const created = await makeApi(context, fields, user, (api) => generateDefinition(api, version));
    return json(201, apiBody(context.version, created), { Location: locationOf(context, `/apis/${created.id}`) });
  },
});

const openApiVersionOf = (asked: string | null): OpenApiVersion => {
  if (asked === null || asked === '' || asked.toUpperCase() === 'V3') return 'V3';
  if (asked.toUpperCase() === 'V2') return 'V2';
  throw new RestError('badRequest', `openAPIVersion should be V2 or V3`);
};
