import { createServer, type Server } from 'node:net';
import { LISTENERS, type Listener } from '../../../../lab/product/ports.ts';

/** Milliseconds after which a connection that says nothing is closed. */
const PATIENCE = 10_000;

/**
 * A port whose protocol is not simulated: open, as the profile has it, but whoever speaks is hung up on, with a line in the
 * log. A port check says nothing and is not worth a line.
 */
export const silentListener = (listener: Listener, what: string, onNotSimulated: (what: string) => void): Server =>
  createServer((socket) => {
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      onNotSimulated(
        `${what} (${LISTENERS[listener].scheme}, port ${socket.localPort}), called from ${socket.remoteAddress}`,
      );
      socket.destroy();
    });
  });
