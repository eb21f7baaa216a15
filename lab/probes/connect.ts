import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NoAnswer } from './http-client.ts';

/** Milliseconds until a port must have accepted, with its certificate where it has one. */
const PATIENCE = 10_000;

/** Connects to a port, over TLS when there is somebody to trust, and leaves again. @throws NoAnswer */
export const tryPort = async (url: string, ca?: string): Promise<void> => {
  const { hostname, port } = new URL(url);
  const address = { host: hostname, port: Number(port) };
  const late = AbortSignal.timeout(PATIENCE);
  let socket: Socket;
  let accepted: string;
  if (ca === undefined) {
    socket = connectPlain(address);
    accepted = 'connect';
  } else {
    socket = connectTls({ ...address, ca, servername: hostname });
    accepted = 'secureConnect';
  }
  try {
    await once(socket, accepted, { signal: late });
  } catch (error) {
    if (late.aborted) throw new NoAnswer(`${url} does not answer within ${PATIENCE} ms`, true);
    throw new NoAnswer(`${url}: ${error instanceof Error ? error.message : String(error)}`, false);
  } finally {
    socket.on('error', () => undefined).destroy();
  }
};
