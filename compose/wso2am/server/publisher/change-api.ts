import { bringToGateways } from './bring-to-gateways.ts';
import type { PublisherContext } from './context.ts';
import type { Api } from './model/api.ts';
import { apiChange } from './model/api-change.ts';
import { type OpenApiDefinition, openApiDefinition } from './open-api/definition.ts';
import { describeOperations, generateDefinition } from './open-api/generate-definition.ts';
import { checkReferences } from './rules/check-references.ts';
import { readDefinition } from './stores/api-documents.ts';
import { updateApi } from './stores/apis.ts';

/**
 * Stores a changed API with its definition, tells other nodes, and brings it to its gateways.
 * @param written the definition that is to be the API's; the present one stays if it is left out
 * @returns the definition, with exactly the operations of the API
 * @throws RestError 400 where the API names what does not exist, 500 naming the environments that failed
 */
export const changeApi = async (
  context: PublisherContext,
  before: Api,
  api: Api,
  user: string,
  written?: OpenApiDefinition,
): Promise<OpenApiDefinition> => {
  await checkReferences(context, api);
  const definition = describeOperations(written ?? (await presentDefinition(context, api)), api);
  await updateApi(context, api, user, JSON.stringify(definition));
  await context.events.apiChanged.fire(apiChange('updated', api, before));
  await bringToGateways(context, before, api);
  return definition;
};

const presentDefinition = async ({ shared }: PublisherContext, api: Api): Promise<OpenApiDefinition> => {
  const text = await readDefinition(shared, api);
  return text === undefined ? generateDefinition(api, 'V3') : openApiDefinition.parse(JSON.parse(text));
};
