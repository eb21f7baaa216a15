import type { RawData, WebSocket } from 'ws';
import type { FrameGate } from './throttle-frames.ts';

/** What a client hears in the place of a frame over the quota (carbon-apimgt 6.5.349, WebsocketHandler). */
const THROTTLED = 'Websocket frame throttled out';

/** Bytes that may wait for a slow reader before its writer is no longer read. */
const HIGH_WATER = 1024 * 1024;

/** Codes of closed connections that no frame may carry: none was sent, or the connection broke (RFC 6455, 7.4.1). */
const NO_STATUS = 1005;
const BROKEN = 1006;

/** Passes messages between a client and its back end, both ways, each through the gate; the end of one is the end of the other. */
export const relay = (client: WebSocket, backend: WebSocket, mayPass: FrameGate): void => {
  forward(client, backend, client, mayPass);
  forward(backend, client, client, mayPass);
};

const forward = (from: WebSocket, to: WebSocket, client: WebSocket, mayPass: FrameGate): void => {
  from.on('message', (data, isBinary) => {
    if (mayPass(sizeOf(data))) send(from, to, data, isBinary);
    else client.send(THROTTLED);
  });
  from.on('close', (code, reason) => {
    if (code === BROKEN) to.terminate();
    else if (code === NO_STATUS) to.close();
    else to.close(code, reason);
  });
  // The close that follows says all there is to do.
  from.on('error', () => undefined);
};

/** The writer waits for a slow reader: what a gateway keeps for it is bounded. */
const send = (from: WebSocket, to: WebSocket, data: RawData, binary: boolean): void => {
  to.send(data, { binary }, () => {
    if (from.isPaused && to.bufferedAmount < HIGH_WATER) from.resume();
  });
  if (to.bufferedAmount >= HIGH_WATER) from.pause();
};

const sizeOf = (data: RawData): number =>
  Array.isArray(data) ? data.reduce((sum, part) => sum + part.byteLength, 0) : data.byteLength;
