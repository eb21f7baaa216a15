import type { Agent } from 'node:https';
import { WebSocket } from 'ws';

/** Milliseconds a back end has to complete the handshake. */
const DIAL_LIMIT = 30_000;

export type BackendDial = {
  readonly url: URL;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** For back ends over TLS. */
  readonly agent: Agent;
  /** Bytes of a message at most. */
  readonly maxPayload: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
};

/** Opens the connection to a back end, paused, so that no message of it is lost. Rejects with what went wrong. */
export const dialBackend = ({ url, protocols, headers, agent, maxPayload, signal }: BackendDial): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const backend = new WebSocket(url, [...protocols], {
      headers: { ...headers },
      handshakeTimeout: DIAL_LIMIT,
      maxPayload,
      perMessageDeflate: false,
      ...(url.protocol === 'wss:' && { agent }),
    });
    const abandon = (): void => backend.terminate();
    signal.addEventListener('abort', abandon, { once: true });
    backend.once('open', () => {
      signal.removeEventListener('abort', abandon);
      backend.pause();
      resolve(backend);
    });
    // For as long as it lives: an error that nobody hears ends the node.
    backend.on('error', reject);
  });

/** Where a connection goes: the address of the sequence with the client's query. @returns undefined for no URL of WebSocket */
export const backendUrl = (address: string | undefined, query: string): URL | undefined => {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return undefined;
  url.search = [url.search.slice(1), query].filter((part) => part !== '').join('&');
  url.hash = '';
  return url;
};
