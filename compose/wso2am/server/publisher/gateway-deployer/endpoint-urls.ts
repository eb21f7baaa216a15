import type { Api } from '../model/api.ts';
import type { KeyType } from './artifact-names.ts';
import { endpointConfiguration } from './endpoint-configuration.ts';

/** The first URL of the back end by the kind of key it is for; a kind without one has no entry. */
export const endpointUrls = (api: Pick<Api, 'endpointConfig'>): Partial<Record<KeyType, string>> => {
  const production = endpointConfiguration(api, 'production')?.targets[0];
  const sandbox = endpointConfiguration(api, 'sandbox')?.targets[0];
  return { ...(production && { production: production.url }), ...(sandbox && { sandbox: sandbox.url }) };
};
