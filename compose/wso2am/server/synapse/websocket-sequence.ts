import { escapeXml } from '../carbon/soap/envelope.ts';

/** Kinds of keys, as names of sequences and validation write them. */
export type WebSocketKeyType = 'PRODUCTION' | 'SANDBOX';

/**
 * Name of the sequence that stands for a WebSocket API: connections are dispatched by `/_PRODUCTION_/<context>/<version>`
 * (carbon-apimgt 6.5.349, WebsocketInboundHandler and APIGatewayManager).
 * @param context with the version in it
 */
export const webSocketSequenceName = (context: string, keyType: WebSocketKeyType): string =>
  `_${keyType}_${context}`.replaceAll('/', '-');

/** The sequence that sends connections to a back end; what the script of the product's does is done by the listener. */
export const renderWebSocketSequence = (context: string, keyType: WebSocketKeyType, url: string): string =>
  `<sequence xmlns="http://ws.apache.org/ns/synapse" name="${escapeXml(webSocketSequenceName(context, keyType))}"><property name="OUT_ONLY" value="true"/><send><endpoint><address uri="${escapeXml(url)}"/></endpoint></send></sequence>`;
