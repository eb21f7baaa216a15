import type { Api } from '../../publisher/model/api.ts';
import { type OpenApiDefinition, openApiDefinition } from '../../publisher/open-api/definition.ts';
import { generateDefinition } from '../../publisher/open-api/generate-definition.ts';
import { readDefinition } from '../../publisher/stores/api-documents.ts';
import type { DevportalContext } from '../context.ts';
import { serverUrls } from './endpoint-urls.ts';

/** An API's definition as clients of the API need it: with the gateways for servers instead of what its author wrote. */
export const portalDefinition = async (
  { shared, environments }: Pick<DevportalContext, 'shared' | 'environments'>,
  api: Api,
): Promise<OpenApiDefinition> => {
  const text = await readDefinition(shared, api);
  const definition = text === undefined ? generateDefinition(api, 'V3') : openApiDefinition.parse(JSON.parse(text));
  const urls = serverUrls(environments, api);
  if (definition.openapi !== undefined) return { ...definition, servers: urls.map((url) => ({ url })) };
  const [first] = urls;
  if (first === undefined) return definition;
  const { host, pathname: basePath } = new URL(first);
  return { ...definition, host, basePath, schemes: [...new Set(urls.map((url) => url.slice(0, url.indexOf(':'))))] };
};
