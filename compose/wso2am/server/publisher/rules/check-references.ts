import { RestError } from '../../rest-api/rest-error.ts';
import type { PublisherContext } from '../context.ts';
import type { Api } from '../model/api.ts';
import { listPolicies } from '../stores/policies.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { checkOperations } from './check-operations.ts';

type Referring = Pick<
  Api,
  | 'context'
  | 'version'
  | 'policies'
  | 'apiThrottlingPolicy'
  | 'operations'
  | 'scopes'
  | 'gatewayEnvironments'
  | 'categories'
  | 'labels'
>;

/**
 * Refuses an API that names what does not exist: policies, gateway environments, scopes, categories, labels; or whose operations cannot be stored.
 * @throws RestError 400
 */
export const checkReferences = async (
  { apim, environments, version }: Pick<PublisherContext, 'apim' | 'environments' | 'version'>,
  api: Referring,
): Promise<void> => {
  checkOperations(version, api);
  const names = async (level: 'api' | 'subscription') => (await listPolicies(apim, level)).map(({ name }) => name);
  const resourcePolicies = api.operations.map(({ throttlingPolicy }) => throttlingPolicy);
  if (api.apiThrottlingPolicy) resourcePolicies.push(api.apiThrottlingPolicy);

  refuse('Specified tier(s)', missing(api.policies, await names('subscription')));
  refuse('Specified throttling policies', missing(resourcePolicies, await names('api')));
  const known = environments.map(({ name }) => name);
  refuse('Specified gateway environments', missing(api.gatewayEnvironments, known));
  const scopes = api.operations.flatMap((operation) => operation.scopes);
  const declared = api.scopes.map(({ name }) => name);
  refuse('Specified scopes', missing(scopes, declared));
  await checkCatalogue({ apim }, api);
};

const missing = (named: readonly string[], known: readonly string[]): readonly string[] => [
  ...new Set(named.filter((name) => !known.includes(name))),
];

const refuse = (what: string, names: readonly string[]): void => {
  if (names.length > 0) throw new RestError('badRequest', `${what} [${names.join(', ')}] are invalid`);
};
