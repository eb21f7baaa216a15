import type { Api } from '../model/api.ts';

type Named = Pick<Api, 'provider' | 'name' | 'version'>;

export type KeyType = 'production' | 'sandbox';

/** Name of the synapse API (wire.md 6.2); that of the default version carries no version. */
export const defaultApiName = ({ provider, name }: Named): string => `${provider}--${name}`;
export const apiName = (api: Named): string => `${defaultApiName(api)}:v${api.version}`;

export const endpointName = ({ name, version }: Named, keyType: KeyType): string =>
  `${name}--v${version}_API${keyType}Endpoint`;
