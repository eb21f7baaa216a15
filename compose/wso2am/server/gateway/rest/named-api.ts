import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import { RestError } from '../../rest-api/rest-error.ts';

/** The API that a call names: `?apiName=PizzaShackAPI&version=1.0.0&tenantDomain=carbon.super`. */
export type NamedApi = { readonly name: string; readonly version: string; readonly tenant: string };

/** @throws RestError 400 without name or version */
export const namedApi = (query: URLSearchParams): NamedApi => {
  const [name, version] = [query.get('apiName'), query.get('version')];
  if (!name || !version) throw new RestError('badRequest', 'Required parameters apiName and version are missing');
  return { name, version, tenant: query.get('tenantDomain') || SUPER_TENANT_DOMAIN };
};
