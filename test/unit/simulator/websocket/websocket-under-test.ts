import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { upstreamAgent } from '../../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { gatewayAuthentication } from '../../../../compose/wso2am/server/mediation/gateway-authentication.ts';
import { renderWebSocketSequence } from '../../../../compose/wso2am/server/synapse/websocket-sequence.ts';
import { createDecisions, type Decisions } from '../../../../compose/wso2am/server/throttling/gateway/decisions.ts';
import type { EventPublisher } from '../../../../compose/wso2am/server/traffic/event-publisher.ts';
import { openWebSockets } from '../../../../compose/wso2am/server/websocket/open-websockets.ts';
import { throttleFrames } from '../../../../compose/wso2am/server/websocket/throttle-frames.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { serverCredential, testAuthority } from '../loopback-tls.ts';
import { type GatewayOptions, START, startGateway } from '../mediation/gateway-under-test.ts';
import { grantedInfo } from '../mediation/sample-info.ts';

export const CONTEXT = '/chat/1.0.0';

export type BackendUnderTest = {
  readonly url: string;
  /** Handshakes that reached it. */
  readonly handshakes: IncomingMessage[];
  /** Its ends of connections, in their order. */
  readonly sockets: WebSocket[];
};

/** A back end that answers each message with the same, in capitals. */
export const startBackend = async (server: Server = createServer(), scheme = 'ws'): Promise<BackendUnderTest> => {
  const listening = new WebSocketServer({
    server,
    handleProtocols: (offered) => (offered.has('chat.v2') ? 'chat.v2' : false),
  });
  const [handshakes, sockets]: [IncomingMessage[], WebSocket[]] = [[], []];
  listening.on('connection', (socket, request) => {
    handshakes.push(request);
    sockets.push(socket);
    socket.on('message', (data, isBinary) => socket.send(isBinary ? data : String(data).toUpperCase()));
  });
  const port = await listenOnLoopback(server);
  onTestFinished(() => {
    for (const socket of listening.clients) socket.terminate();
  });
  return { url: `${scheme}://localhost:${port}/room`, handshakes, sockets };
};

export type ListenerUnderTest = Awaited<ReturnType<typeof startListener>>;

/** Both listeners of a gateway on loopback, with the API deployed for production keys; the token `good` opens it. */
export const startListener = async (options: GatewayOptions = {}, backend?: BackendUnderTest) => {
  const gateway = await startGateway(options);
  const authority = await testAuthority();
  const credential = await serverCredential(authority, 'localhost');
  const target = backend ?? (await startBackend());
  await gateway.artifacts.sequences.deploy(renderWebSocketSequence(CONTEXT, 'PRODUCTION', target.url));
  gateway.keyManager.tokens.set('good', grantedInfo({ apiName: 'Chat', apiTier: '50KPerMin', subscriber: 'anna' }));

  const decisions: Decisions = createDecisions();
  const events: unknown[] = [];
  const publisher: EventPublisher = {
    publish: (_stream, payload) => events.push(payload) > 0,
    close: () => Promise.resolve(),
  };
  const agent = upstreamAgent([authority.certificate]);
  onTestFinished(() => agent.destroy());
  const { artifacts, caches, context } = gateway;
  const webSockets = openWebSockets(
    {
      artifacts,
      authentication: gatewayAuthentication(context, {
        artifacts,
        caches,
        agent,
        clock: () => START,
        subscriptionData: options.parts?.subscriptionData,
      }),
      throttle: throttleFrames(context, decisions, publisher),
      agent,
      withheld: new Set(['authorization']),
      log: context.log(''),
    },
    { tls: { privateKey: credential.key, chain: credential.certificate } },
  );
  const { ws, wss } = webSockets.servers;
  if (!ws || !wss) throw new Error('a listener is missing');
  const [port, securePort] = [await listenOnLoopback(ws), await listenOnLoopback(wss)];
  onTestFinished(() => webSockets.close(0));
  return { ...gateway, backend: target, authority, decisions, events, webSockets, port, securePort };
};

/** A TLS server with a certificate of this authority. */
export const tlsServer = async (authority: Awaited<ReturnType<typeof testAuthority>>): Promise<Server> => {
  const { key, certificate } = await serverCredential(authority, 'localhost');
  return createTlsServer({ key, cert: certificate });
};

export const bearer = (token: string): ClientOptions => ({ headers: { Authorization: `Bearer ${token}` } });

/** A client whose connection is open. Rejects with the status of a refusal: `401 Invalid Credentials`. */
export const connect = async (
  { port }: Pick<ListenerUnderTest, 'port'>,
  path = CONTEXT,
  options: ClientOptions = bearer('good'),
  protocols: string[] = [],
): Promise<WebSocket> => opened(new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, options));

export const opened = (client: WebSocket): Promise<WebSocket> => {
  onTestFinished(() => client.terminate());
  return new Promise((resolve, reject) => {
    client.once('open', () => resolve(client));
    client.once('error', reject);
    client.once('unexpected-response', (_request, response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => reject(new Error(`${response.statusCode} ${text}`)));
    });
  });
};

/** Sends a message and waits for the next one that comes. */
export const exchange = async (client: WebSocket, message: string | Buffer): Promise<string> => {
  const answer = once(client, 'message');
  client.send(message);
  return String((await answer)[0]);
};

/** Code and reason with which a connection ends. */
export const ending = async (socket: WebSocket): Promise<string> => {
  const [code, reason] = await once(socket, 'close');
  return `${code} ${reason}`.trim();
};
