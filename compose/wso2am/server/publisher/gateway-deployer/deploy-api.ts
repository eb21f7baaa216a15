import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Api } from '../model/api.ts';
import { deployWebSocketApi, undeployWebSocketApi } from './deploy-websocket-api.ts';
import type { GatewaySession } from './gateway-session.ts';
import { renderApi, renderDefaultApi } from './render-api.ts';
import { renderEndpoints } from './render-endpoints.ts';
import { renderLocalEntry } from './render-local-entry.ts';

/**
 * Brings an API to one gateway in the documented order: look, endpoints removed and added, API, default version, local entry
 * (wire.md 6.1). Sequences, which come after the endpoints, are not simulated but those of WebSocket APIs.
 * @throws SoapFailure
 */
export const deployApi = async (session: GatewaySession, api: Api, definition: string): Promise<void> => {
  if (api.type === 'WS') return deployWebSocketApi(session, api);
  const identity = identityOf(api);
  const isThere = (await session.admin('getApi', identity)) || undefined;
  await session.admin('removeEndpointsToUpdate', {
    apiName: api.name,
    apiVersion: api.version,
    tenantDomain: SUPER_TENANT_DOMAIN,
  });
  for (const { content } of renderEndpoints(api)) await session.admin('addEndpoint', { endpointData: content });
  await session.admin(isThere ? 'updateApi' : 'addApi', { ...identity, apiConfig: renderApi(api) });
  await deployDefaultVersion(session, api);
  await session.localEntry('deleteLocalEntry', entryOf(api));
  await session.localEntry('addLocalEntry', {
    content: renderLocalEntry(api, definition),
    tenantDomain: SUPER_TENANT_DOMAIN,
  });
};

/** Takes an API off one gateway. @throws SoapFailure */
export const undeployApi = async (session: GatewaySession, api: Api): Promise<void> => {
  if (api.type === 'WS') return undeployWebSocketApi(session, api);
  const identity = identityOf(api);
  if (await session.admin('getApi', identity)) {
    await session.admin('deleteApi', identity);
    await session.admin('removeEndpointsToUpdate', {
      apiName: api.name,
      apiVersion: api.version,
      tenantDomain: SUPER_TENANT_DOMAIN,
    });
  }
  if (api.isDefaultVersion) await undeployDefaultVersion(session, api);
  await session.localEntry('deleteLocalEntry', entryOf(api));
};

/** Takes the default version off one gateway; its versions stay. @throws SoapFailure */
export const undeployDefaultVersion = async (session: GatewaySession, api: Api): Promise<void> => {
  const identity = identityOf(api);
  if (await session.admin('getDefaultApi', identity)) await session.admin('deleteDefaultApi', identity);
};

const deployDefaultVersion = async (session: GatewaySession, api: Api): Promise<void> => {
  if (!api.isDefaultVersion) return;
  const identity = identityOf(api);
  const isThere = await session.admin('getDefaultApi', identity);
  await session.admin(isThere ? 'updateDefaultApi' : 'addDefaultAPI', {
    ...identity,
    apiConfig: renderDefaultApi(api),
  });
};

const identityOf = ({ provider, name, version }: Api) => ({ apiProviderName: provider, apiName: name, version });

const entryOf = ({ id }: Api) => ({ key: id, tenantDomain: SUPER_TENANT_DOMAIN });
