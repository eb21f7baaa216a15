import { randomUUID } from 'node:crypto';
import type { User } from '../../carbon/user-store.ts';
import { ADMIN_ROLE } from '../../carbon/users/roles.ts';
import { json } from '../../carbon/web.ts';
import { retryWhenBeaten } from '../../keymanager/stores/retry.ts';
import { jsonBody } from '../../rest-api/json-body.ts';
import type { RestRoute } from '../../rest-api/rest-endpoints.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import { locationOf } from '../location.ts';
import type { Api } from '../model/api.ts';
import { apiBody } from '../model/api-body.ts';
import { apiChange } from '../model/api-change.ts';
import { type ApiFields, apiFields } from '../model/api-fields.ts';
import { transportOf } from '../model/transport.ts';
import type { OpenApiVersion } from '../open-api/definition.ts';
import { generateDefinition } from '../open-api/generate-definition.ts';
import { checkReferences } from '../rules/check-references.ts';
import { checkTaken } from '../rules/check-taken.ts';
import { createApi } from '../stores/apis.ts';

/** `POST /apis` (wire.md 7.2, step 3). */
export const createApiRoute = (context: PublisherContext): RestRoute => ({
  method: 'POST',
  path: '/apis',
  scopes: ['apim:api_create'],
  handle: async (call, { user }) => {
    const fields = await jsonBody(call, apiFields(context.version));
    const version = openApiVersionOf(call.query.get('openAPIVersion'));
    const api = await newApi(context, fields, user);
    await checkReferences(context, api);
    const definition = JSON.stringify(generateDefinition(api, version));
    const created = await retryWhenBeaten(() =>
      createApi(context, api, definition, (statements) => checkTaken(statements, api)),
    );
    await context.events.apiChanged.fire(apiChange('created', created));
    return json(201, apiBody(context.version, created), { Location: locationOf(context, `/apis/${created.id}`) });
  },
});

const openApiVersionOf = (asked: string | null): OpenApiVersion => {
  if (asked === null || asked === '' || asked.toUpperCase() === 'V3') return 'V3';
  if (asked.toUpperCase() === 'V2') return 'V2';
  throw new RestError('badRequest', `openAPIVersion should be V2 or V3`);
};

const newApi = async (context: PublisherContext, fields: ApiFields, user: User): Promise<Omit<Api, 'rowId'>> => {
  const now = new Date(context.clock());
  return {
    ...fields,
    transport: transportOf(fields),
    id: randomUUID(),
    provider: await providerOf(context, fields.provider, user),
    context: fields.context.startsWith('/') ? fields.context : `/${fields.context}`,
    gatewayEnvironments: fields.gatewayEnvironments ?? context.environments.map(({ name }) => name),
    hasThumbnail: false,
    status: 'CREATED',
    createdTime: now,
    lastUpdatedTime: now,
  };
};

/** An admin may make APIs for others; whatever anybody else writes there is taken no notice of. */
const providerOf = async (
  { users }: PublisherContext,
  asked: string | null | undefined,
  user: User,
): Promise<string> => {
  if (!asked || asked === user.name || !user.roles.includes(ADMIN_ROLE)) return user.name;
  const provider = await users.find(asked);
  if (!provider) throw new RestError('badRequest', `Specified provider ${asked} not exist.`);
  return provider.name;
};
