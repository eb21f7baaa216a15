import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';

/** The other end of a connection, that sends what it likes. */
export type Peer = {
  readonly socket: Socket;
  /** Writes bytes, as hexadecimal text or as they are. */
  send(bytes: Buffer | string): void;
  /** The next so many bytes; fewer when the connection is closed before. */
  read(length: number): Promise<Buffer>;
  /** Everything until the connection is closed. */
  rest(): Promise<Buffer>;
};

/** @param ca PEM, of a TLS port */
export const connectPeer = async (port: number, ca?: string): Promise<Peer> => {
  const socket =
    ca === undefined
      ? connect(port, '127.0.0.1')
      : connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca });
  onTestFinished(() => void socket.destroy());
  let received: Buffer = Buffer.alloc(0);
  let wake = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => wake());
  await once(socket, ca === undefined ? 'connect' : 'secureConnect');

  const read = async (length: number): Promise<Buffer> => {
    while (received.length < length && !socket.closed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const bytes = received.subarray(0, length);
    received = received.subarray(bytes.length);
    return bytes;
  };
  return {
    socket,
    send: (bytes) =>
      void socket.write(typeof bytes === 'string' ? Buffer.from(bytes.replaceAll(' ', ''), 'hex') : bytes),
    read,
    rest: () => read(Number.POSITIVE_INFINITY),
  };
};
