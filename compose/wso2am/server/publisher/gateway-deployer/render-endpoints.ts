import type { Api } from '../model/api.ts';
import { endpointName, type KeyType } from './artifact-names.ts';
import { endpointConfiguration } from './endpoint-configuration.ts';
import { renderEndpoint } from './render-endpoint.ts';

const KEY_TYPES: readonly KeyType[] = ['production', 'sandbox'];

/** The endpoints of an API, by the names under which its resources refer to them; none for a kind of key it has none for. */
export const renderEndpoints = (api: Api): { readonly name: string; readonly content: string }[] =>
  KEY_TYPES.flatMap((keyType) => {
    const configuration = endpointConfiguration(api, keyType);
    const name = endpointName(api, keyType);
    return configuration ? [{ name, content: renderEndpoint(name, configuration) }] : [];
  });
