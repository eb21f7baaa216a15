import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Bytes put together by hand, so that our own codec is not measured against itself. */
export const shortText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
export const longText = (text: string | Buffer): Buffer => Buffer.concat([uint32(text.length), Buffer.from(text)]);
export const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
export const uint32 = (value: number): Buffer => Buffer.concat([uint16(value >>> 16), uint16(value & 0xffff)]);
export const uint64 = (value: number): Buffer => Buffer.concat([uint32(0), uint32(value)]);
export const octet = (value: number): Buffer => Buffer.from([value]);

export const HEADER = Buffer.from('414d515000000901', 'hex');

export const frame = (type: number, channel: number, ...parts: readonly Buffer[]): Buffer => {
  const payload = Buffer.concat(parts);
  return Buffer.concat([octet(type), uint16(channel), uint32(payload.length), payload, octet(0xce)]);
};
export const method = (channel: number, classId: number, methodId: number, ...parts: readonly Buffer[]): Buffer =>
  frame(1, channel, uint16(classId), uint16(methodId), ...parts);

/** Frames as `type/channel/class.method`, or `type/channel/payload in hex` for what is no method. */
export type Seen = { readonly name: string; readonly payload: Buffer };

/** A socket that sends bytes and takes frames. */
export class RawClient {
  readonly socket: Socket;
  ended = false;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.ended = true;
      this.#wake();
    });
    onTestFinished(() => void this.socket.destroy());
  }

  send(...bytes: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(bytes));
  }

  /** The next frame; `undefined` at the end of the connection. */
  async next(): Promise<Seen | undefined> {
    for (;;) {
      const size = this.#bytes.length < 7 ? undefined : this.#bytes.readUInt32BE(3);
      if (size !== undefined && this.#bytes.length >= size + 8) {
        const [type, channel] = [this.#bytes.readUInt8(0), this.#bytes.readUInt16BE(1)];
        const payload = this.#bytes.subarray(7, 7 + size);
        this.#bytes = this.#bytes.subarray(size + 8);
        const what = type === 1 ? `${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}` : payload.toString('hex');
        return { name: `${type}/${channel}/${what}`, payload };
      }
      if (this.ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Everything up to the end, which has to come. */
  async rest(): Promise<Buffer> {
    while (!this.ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.#bytes;
  }

  /** Takes frames up to this one. */
  async until(name: string): Promise<Seen> {
    for (;;) {
      const seen = await this.next();
      if (!seen) throw new Error(`the connection ended before ${name}`);
      if (seen.name === name) return seen;
    }
  }
}

const CLIENT_PROPERTIES = Buffer.concat([shortText('product'), Buffer.from('S'), longText('Andes')]);

export const startOk = method(
  0,
  10,
  11,
  longText(CLIENT_PROPERTIES),
  shortText('PLAIN'),
  longText('\0admin\0admin'),
  shortText('en_US'),
);
/** Takes what was offered, and asks for heartbeats of this many seconds. */
export const tuneOk = (heartbeat = 0): Buffer => method(0, 10, 31, uint16(256), uint32(65_535), uint16(heartbeat));
export const open = method(0, 10, 40, shortText('/carbon'), shortText(''), octet(1));
export const openChannel = (channel: number): Buffer => method(channel, 20, 10, shortText(''));

/** A client behind `open-ok`, with channel 1 open. */
export const openRaw = async (port: number, heartbeat = 0): Promise<RawClient> => {
  const client = new RawClient(port);
  client.send(HEADER);
  await client.until('1/0/10.10');
  client.send(startOk);
  await client.until('1/0/10.30');
  client.send(tuneOk(heartbeat), open, openChannel(1));
  await client.until('1/1/20.11');
  return client;
};

/** The reply code and text of a `connection.close` or `channel.close`. */
export const closeReason = ({ payload }: Seen): string =>
  `${payload.readUInt16BE(4)} ${payload.subarray(7, 7 + payload.readUInt8(6))}`;
