import {
  renderWebSocketSequence,
  type WebSocketKeyType,
  webSocketSequenceName,
} from '../../synapse/websocket-sequence.ts';
import { type Api, fullContext } from '../model/api.ts';
import type { KeyType } from './artifact-names.ts';
import { endpointUrls } from './endpoint-urls.ts';
import type { GatewaySession } from './gateway-session.ts';

const KEY_TYPES: readonly (readonly [KeyType, WebSocketKeyType])[] = [
  ['production', 'PRODUCTION'],
  ['sandbox', 'SANDBOX'],
];

/**
 * Brings a WebSocket API to one gateway: a sequence for each kind of key, and neither a synapse API nor a definition
 * (carbon-apimgt 6.5.349, APIGatewayManager). A default version has no sequence of its own.
 * @throws SoapFailure
 */
export const deployWebSocketApi = async (session: GatewaySession, api: Api): Promise<void> => {
  await undeployWebSocketApi(session, api);
  const urls = endpointUrls(api);
  for (const [keyType, key] of KEY_TYPES) {
    const url = urls[keyType];
    if (url === undefined) continue;
    await session.admin('addSequence', { sequence: { xml: renderWebSocketSequence(fullContext(api), key, url) } });
  }
};

/** Takes a WebSocket API off one gateway; connections that are open stay so. @throws SoapFailure */
export const undeployWebSocketApi = async (session: GatewaySession, api: Api): Promise<void> => {
  for (const [, key] of KEY_TYPES) {
    const sequenceName = webSocketSequenceName(fullContext(api), key);
    if ((await session.admin('isExistingSequence', { sequenceName })) === 'true')
      await session.admin('deleteSequence', { sequenceName });
  }
};
