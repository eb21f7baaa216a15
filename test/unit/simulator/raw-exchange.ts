import { once } from 'node:events';
import { connect } from 'node:net';

/** Writes bytes to a loopback port and gives back everything until the other side closes. */
export const rawExchange = async (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(request);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
};
