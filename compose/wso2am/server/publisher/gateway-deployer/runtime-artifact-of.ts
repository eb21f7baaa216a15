import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { RuntimeArtifact } from '../../runtime-artifacts/runtime-artifact.ts';
import {
  renderWebSocketSequence,
  type WebSocketKeyType,
  webSocketSequenceName,
} from '../../synapse/websocket-sequence.ts';
import { type Api, fullContext } from '../model/api.ts';
import { endpointName, type KeyType } from './artifact-names.ts';
import { endpointUrls } from './endpoint-urls.ts';
import { renderApi, renderDefaultApi } from './render-api.ts';
import { renderEndpoints } from './render-endpoints.ts';
import { renderLocalEntry } from './render-local-entry.ts';

const KEY_TYPES: readonly (readonly [KeyType, WebSocketKeyType])[] = [
  ['production', 'PRODUCTION'],
  ['sandbox', 'SANDBOX'],
];

/** What gateways need to forget an API. */
export const artifactToRemove = (api: Api): RuntimeArtifact => ({
  name: api.name,
  version: api.version,
  provider: api.provider,
  tenantDomain: SUPER_TENANT_DOMAIN,
  apiId: api.id,
  sequenceToBeAdd: [],
  localEntriesToBeAdd: [],
  endpointEntriesToBeAdd: [],
  ...(api.type === 'WS'
    ? {
        sequencesToBeRemove: KEY_TYPES.map(([, key]) => webSocketSequenceName(fullContext(api), key)),
        localEntriesToBeRemove: [],
        endpointEntriesToBeRemove: [],
      }
    : {
        sequencesToBeRemove: [],
        localEntriesToBeRemove: [api.id],
        endpointEntriesToBeRemove: KEY_TYPES.map(([keyType]) => endpointName(api, keyType)),
      }),
});

/** What gateways need to serve an API: the same texts that they would be sent one by one (wire.md 6.1, 6.2). */
export const artifactToPublish = (api: Api, definition: string): RuntimeArtifact => {
  if (api.type === 'WS') {
    const urls = endpointUrls(api);
    return {
      ...artifactToRemove(api),
      sequenceToBeAdd: KEY_TYPES.flatMap(([keyType, key]) => {
        const url = urls[keyType];
        if (url === undefined) return [];
        const context = fullContext(api);
        return [{ name: webSocketSequenceName(context, key), content: renderWebSocketSequence(context, key, url) }];
      }),
    };
  }
  return {
    ...artifactToRemove(api),
    apiDefinition: renderApi(api),
    ...(api.isDefaultVersion && { defaultAPIDefinition: renderDefaultApi(api) }),
    localEntriesToBeAdd: [{ name: api.id, content: renderLocalEntry(api, definition) }],
    endpointEntriesToBeAdd: renderEndpoints(api),
  };
};
