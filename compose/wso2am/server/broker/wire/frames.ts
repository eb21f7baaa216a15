import { AmqpFault } from './amqp-fault.ts';

/** Numbers of frame types and the octet that ends each frame (AMQP 0-9-1, 4.2.3). */
export const FRAME = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;
const FRAME_END = 0xce;

/** Octets of type, channel and size before a payload, and with the end octet around it. */
const HEAD = 7;
export const FRAME_OVERHEAD = HEAD + 1;

const TYPES: ReadonlySet<number> = new Set(Object.values(FRAME));

export type Frame = { readonly type: number; readonly channel: number; readonly payload: Buffer };

/** A header in the place of a connection's first frame, and our answer to any other one (wire.md 5.7). */
export const PROTOCOL_HEADER = Buffer.from('AMQP\x00\x00\x09\x01', 'latin1');

export const HEARTBEAT_FRAME = Buffer.from([FRAME.heartbeat, 0, 0, 0, 0, 0, 0, FRAME_END]);

/** Takes the whole frames from the front of `bytes`; what is left begins the next one. */
export type TakenFrames = { readonly frames: readonly Frame[]; readonly rest: Buffer };

/**
 * @param frameMax negotiated size. A payload may be as long as that: an Andes client leaves room for the end octet only, so its
 *   full body frames are seven bytes longer than the specification allows (wire.md 13, AND, BasicMessageProducer_0_8).
 * @throws AmqpFault 501: an unknown type, too long a payload, a wrong end octet
 */
export const takeFrames = (bytes: Buffer, frameMax: number): TakenFrames => {
  const frames: Frame[] = [];
  let start = 0;
  while (bytes.length - start >= HEAD) {
    const type = bytes.readUInt8(start);
    const channel = bytes.readUInt16BE(start + 1);
    const size = bytes.readUInt32BE(start + 3);
    if (!TYPES.has(type)) throw new AmqpFault('frameError', `frame of the unknown type ${type}`);
    if (size > frameMax) throw new AmqpFault('frameError', `frame of ${size} bytes, more than ${frameMax}`);
    const end = start + HEAD + size;
    if (bytes.length <= end) break;
    if (bytes[end] !== FRAME_END) throw new AmqpFault('frameError', 'frame without its end octet');
    frames.push({ type, channel, payload: bytes.subarray(start + HEAD, end) });
    start = end + 1;
  }
  return { frames, rest: start === 0 ? bytes : bytes.subarray(start) };
};

/** The frames, one after another, as bytes. */
export const encodeFrames = (frames: readonly Frame[]): Buffer => {
  const length = frames.reduce((sum, { payload }) => sum + payload.length + FRAME_OVERHEAD, 0);
  const bytes = Buffer.allocUnsafe(length);
  let position = 0;
  for (const { type, channel, payload } of frames) {
    bytes.writeUInt8(type, position);
    bytes.writeUInt16BE(channel, position + 1);
    bytes.writeUInt32BE(payload.length, position + 3);
    payload.copy(bytes, position + HEAD);
    position += HEAD + payload.length;
    bytes.writeUInt8(FRAME_END, position);
    position += 1;
  }
  return bytes;
};
