import type { IncomingMessage } from 'node:http';
import { splitTarget } from '../carbon/call.ts';
import { endToEndHeaders } from '../gateway/hop-by-hop.ts';

/** A request to open a connection to a WebSocket API. */
export type Handshake = {
  /** The whole path: context with version. */
  readonly context: string;
  /** The last segment of the path, as the product takes it. */
  readonly version: string;
  /** Of `Authorization: Bearer`, else of the query's `access_token`. */
  readonly token: string | undefined;
  /** Without the token; goes on to the back end. */
  readonly query: string;
  /** The peer: what a proxy says of others is taken no notice of here. */
  readonly clientIp: string;
};

const TOKEN_PARAMETER = 'access_token';

export const handshakeOf = (request: Pick<IncomingMessage, 'url' | 'headers' | 'socket'>): Handshake => {
  const { path, query } = splitTarget(request.url ?? '/');
  const header = /^Bearer\s+(\S+)\s*$/.exec(request.headers.authorization ?? '')?.[1];
  const parameter = new URLSearchParams(query).get(TOKEN_PARAMETER) || undefined;
  return {
    context: path,
    version: path.slice(path.lastIndexOf('/') + 1),
    // A header that is none of a token is no reason to look further.
    token: request.headers.authorization === undefined ? parameter : header,
    query: query
      .split('&')
      .filter((pair) => !pair.startsWith(`${TOKEN_PARAMETER}=`))
      .join('&'),
    clientIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
  };
};

/** Header fields of the handshake itself, which each of the two connections has its own of (RFC 6455, 11.3). */
const OWN_FIELD = /^(?:host|sec-websocket-.*)$/i;

/** What of a handshake's header travels on to the back end; fields that are repeated become one. @param withheld in lower case */
export const forwardedHeaders = (
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
  withheld: ReadonlySet<string>,
): Readonly<Record<string, string>> => {
  const raw = endToEndHeaders(rawHeaders, withheld);
  const fields = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (OWN_FIELD.test(name)) continue;
    const field = fields.get(name.toLowerCase()) ?? { name, values: [] };
    field.values.push(raw[index + 1] ?? '');
    fields.set(name.toLowerCase(), field);
  }
  return Object.fromEntries(
    [...fields].map(([lower, { name, values }]) => [name, values.join(lower === 'cookie' ? '; ' : ', ')]),
  );
};

/** The subprotocols that a client offers, in its order; those that are no tokens are left out. */
export const offeredProtocols = ({ headers }: Pick<IncomingMessage, 'headers'>): readonly string[] => [
  ...new Set(
    (headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)),
  ),
];
