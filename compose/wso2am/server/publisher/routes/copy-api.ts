import { randomUUID } from 'node:crypto';
import { json } from '../../carbon/web.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { checked } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import { apiBody } from '../model/api-body.ts';
import { apiChange } from '../model/api-change.ts';
import { apiFields } from '../model/api-fields.ts';
import { openApiDefinition } from '../open-api/definition.ts';
import { generateDefinition } from '../open-api/generate-definition.ts';
import { checkTaken } from '../rules/check-taken.ts';
import { requireApi } from '../rules/require-api.ts';
import { readDefinition } from '../stores/api-documents.ts';
import { createApi } from '../stores/apis.ts';

/** `POST /apis/copy-api?newVersion=&apiId=`: another version of an API, to begin its life anew. */
export const copyApiRoute = (context: PublisherContext): RestRoute => ({
  method: 'POST',
  path: '/apis/copy-api',
  scopes: ['apim:api_create'],
  handle: async (call, { user }) => {
    const { version } = checked(
      { version: call.query.get('newVersion') },
      apiFields(context.version).pick({ version: true }),
    );
    const original = await requireApi(context, call.query.get('apiId') ?? '', user);
    const now = new Date(context.clock());
    const copy = {
      ...original,
      version,
      id: randomUUID(),
      isDefaultVersion: call.query.get('defaultVersion') === 'true',
      hasThumbnail: false,
      status: 'CREATED' as const,
      createdTime: now,
      lastUpdatedTime: now,
    };
    const text = await readDefinition(context.shared, original);
    const definition = text === undefined ? generateDefinition(copy, 'V3') : openApiDefinition.parse(JSON.parse(text));
    const renamed = JSON.stringify({ ...definition, info: { ...definition.info, version } });
    const created = await retryWhenBeaten(() =>
      createApi(context, copy, renamed, (statements) => checkTaken(statements, copy)),
    );
    await context.events.apiChanged.fire(apiChange('created', created));
    return json(201, apiBody(context.version, created), { Location: locationOf(context, `/apis/${created.id}`) });
  },
});
