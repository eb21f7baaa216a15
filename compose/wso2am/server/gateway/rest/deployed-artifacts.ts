import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { ApiArtifact } from '../../synapse/api-artifact.ts';
import type { EndpointUse } from '../../synapse/route.ts';
import type { Shelf } from '../../synapse/shelf.ts';
import type { GatewayContents } from './gateway-rest.ts';
import { namedApi } from './named-api.ts';

/** Texts of artifacts that are deployed here, and names of those an API refers to in vain (?). */
type Found = { readonly deployed: readonly string[]; readonly missing: readonly string[] };

/** `GET /end-points`: those that the API's resources send to. */
export const deployedEndpoints = async ({ artifacts }: GatewayContents, query: URLSearchParams): Promise<object> => {
  const names = requiredApi(artifacts.apis, query).resources.flatMap(({ route }) =>
    route.kind === 'endpoints' ? [...nameOf(route.production), ...nameOf(route.sandbox)] : [],
  );
  const { deployed, missing } = await found(artifacts.endpoints, names);
  return { deployedEndpoints: deployed, UnDeployedEndpoints: missing };
};

/** `GET /local-entry`: the API's definition, and the schema of a GraphQL API. */
export const deployedLocalEntries = async ({ artifacts }: GatewayContents, query: URLSearchParams): Promise<object> => {
  const { uuid } = requiredApi(artifacts.apis, query);
  const schema = `${uuid}_graphQL`;
  const names = uuid === undefined ? [] : [uuid, ...(artifacts.localEntries.find(schema) ? [schema] : [])];
  const { deployed, missing } = await found(artifacts.localEntries, names);
  return { deployedLocalEntries: deployed, UnDeployedLocalEntries: missing };
};

/** `GET /sequence`: the API's own, which begin with its name (wire.md 6.2). */
export const deployedSequences = async ({ artifacts }: GatewayContents, query: URLSearchParams): Promise<object> => {
  const api = requiredApi(artifacts.apis, query);
  const names = artifacts.sequences.all().map(({ name }) => name);
  const { deployed, missing } = await found(
    artifacts.sequences,
    names.filter((name) => name.startsWith(`${api.name}--`)),
  );
  return { deployedSequences: deployed, UnDeployedSequences: missing };
};

/** `GET /api-artifact`: all three kinds. */
export const deployedArtifacts = async (contents: GatewayContents, query: URLSearchParams): Promise<object> => ({
  count: 1,
  endpoints: await deployedEndpoints(contents, query),
  localEntries: await deployedLocalEntries(contents, query),
  sequences: await deployedSequences(contents, query),
});

/** @throws RestError 400 without name or version, 404 for an API that is not deployed here */
const requiredApi = (apis: Shelf<ApiArtifact>, query: URLSearchParams): ApiArtifact => {
  const { name, version, tenant } = namedApi(query);
  // Providers have no `--` of their own in front of it: `admin--PizzaShackAPI:v1.0.0` (wire.md 6.2).
  const api = apis.all().find((each) => each.name.endsWith(`--${name}:v${version}`));
  if (!api || tenant !== SUPER_TENANT_DOMAIN) throw new RestError('notFound', `${name} is not deployed in the Gateway`);
  return api;
};

const nameOf = (use: EndpointUse | undefined): readonly string[] => (use?.kind === 'named' ? [use.name] : []);

const found = async <T extends { readonly name: string }>(
  shelf: Shelf<T>,
  names: readonly string[],
): Promise<Found> => {
  const deployed: string[] = [];
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const text = await shelf.textOf(name);
    if (text === undefined) missing.push(name);
    else deployed.push(text);
  }
  return { deployed, missing };
};
