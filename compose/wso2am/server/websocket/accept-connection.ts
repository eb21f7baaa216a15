import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { dialBackend } from './dial-backend.ts';
import { forwardedHeaders, handshakeOf, offeredProtocols } from './handshake.ts';
import { relay } from './relay.ts';
import { REFUSALS, type Refusal, type ResolveParts, resolveHandshake } from './resolve-handshake.ts';
import type { ThrottleFrames } from './throttle-frames.ts';

export type AcceptParts = ResolveParts & {
  readonly throttle: ThrottleFrames;
  /** For back ends over TLS. */
  readonly agent: Agent;
  /** Header fields of a handshake that end here, in lower case. */
  readonly withheld: ReadonlySet<string>;
};

/** Bytes of a message at most: netty's default for a frame, which the product leaves as it is (?). */
const MAX_PAYLOAD = 65_536;

/** Both ends of an API's connection. */
export type Connection = { readonly client: WebSocket; readonly backend: WebSocket };

/**
 * Answers a handshake: with a refusal, or once the back end has taken the connection, so that the client speaks the subprotocol the
 * back end chose.
 * @returns undefined where no connection came about
 */
export const acceptConnection = async (
  parts: AcceptParts,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<Connection | undefined> => {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const handshake = handshakeOf(request);
  const resolved = await resolveHandshake(parts, handshake);
  if (resolved.kind === 'refused') return refuse(socket, resolved.refusal);

  const { caller, url } = resolved;
  const backend = await dial(parts, request, url, gone.signal);
  if (!backend) return refuse(socket, REFUSALS.noBackend);
  const client = upgrade(request, socket, head, backend.protocol);
  // The handshake was none, and was answered; or the client is gone.
  if (!client) return void backend.terminate();
  relay(client, backend, parts.throttle(handshake, caller));
  backend.resume();
  return { client, backend };
};

const dial = async (
  { agent, withheld, log }: AcceptParts,
  request: IncomingMessage,
  url: URL,
  signal: AbortSignal,
): Promise<WebSocket | undefined> => {
  const headers = forwardedHeaders(request, withheld);
  try {
    return await dialBackend({
      url,
      protocols: offeredProtocols(request),
      headers,
      agent,
      maxPayload: MAX_PAYLOAD,
      signal,
    });
  } catch (cause) {
    log.warn(`Cannot connect to ${url.host}: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
};

const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, protocol: string): WebSocket | undefined => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    handleProtocols: () => protocol || false,
  });
  let opened: WebSocket | undefined;
  server.handleUpgrade(request, socket, head, (client) => {
    opened = client;
  });
  return opened;
};

const refuse = (socket: Duplex, { status, text }: Refusal): undefined => {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    // A client that never closes its side keeps nothing here.
    () => socket.destroy(),
  );
  return undefined;
};
