import { randomUUID } from 'node:crypto';
import type { User } from '../carbon/user-store.ts';
import { ADMIN_ROLE } from '../carbon/users/roles.ts';
import { retryWhenBeaten } from '../keymanager/stores/retry.ts';
import { RestError } from '../rest-api/rest-error.ts';
import type { PublisherContext } from './context.ts';
import type { Api } from './model/api.ts';
import { apiChange } from './model/api-change.ts';
import type { ApiFields } from './model/api-fields.ts';
import { transportOf } from './model/transport.ts';
import type { OpenApiDefinition } from './open-api/definition.ts';
import { checkReferences } from './rules/check-references.ts';
import { checkTaken } from './rules/check-taken.ts';
import { createApi } from './stores/apis.ts';

/**
 * Makes an API with its definition, and tells other nodes.
 * @throws RestError 400 where it names what does not exist, 409 where its name or context is taken
 */
export const makeApi = async (
  context: PublisherContext,
  fields: ApiFields,
  user: User,
  definitionOf: (api: Omit<Api, 'rowId'>) => OpenApiDefinition,
): Promise<Api> => {
  const api = await newApi(context, fields, user);
  await checkReferences(context, api);
  const definition = JSON.stringify(definitionOf(api));
  const created = await retryWhenBeaten(() =>
    createApi(context, api, definition, (statements) => checkTaken(statements, api)),
  );
  await context.events.apiChanged.fire(apiChange('created', created));
  return created;
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
