import { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { AmqpFault } from './amqp-fault.ts';
import { FRAME, FRAME_OVERHEAD, type Frame } from './frames.ts';
import { BASIC } from './methods-of-basic.ts';

/** Size of the fixed part of a content header: class, weight, body size. */
const FIXED = 12;

/** Properties stay as they came, flags included: the broker passes them on and needs none of them. */
export type ContentHeader = { readonly bodySize: number; readonly properties: Buffer };

/** @throws AmqpFault, Malformed */
export const decodeContentHeader = (payload: Buffer): ContentHeader => {
  const reader = new ByteReader(payload);
  const classId = reader.uint16();
  if (classId !== BASIC) throw new AmqpFault('unexpectedFrame', `content header of class ${classId}`);
  reader.uint16();
  return { bodySize: Number(reader.uint64()), properties: reader.take(reader.left) };
};

/** A method with its content as frames: header, then the body in pieces that fit (AMQP 0-9-1, 4.2.6). */
export const contentFrames = (
  channel: number,
  method: Buffer,
  { properties, body }: { readonly properties: Buffer; readonly body: Buffer },
  frameMax: number,
): readonly Frame[] => {
  const header = Buffer.alloc(FIXED + properties.length);
  header.writeUInt16BE(BASIC, 0);
  header.writeBigUInt64BE(BigInt(body.length), 4);
  properties.copy(header, FIXED);
  const frames: Frame[] = [
    { type: FRAME.method, channel, payload: method },
    { type: FRAME.header, channel, payload: header },
  ];
  const piece = frameMax - FRAME_OVERHEAD;
  for (let start = 0; start < body.length; start += piece)
    frames.push({ type: FRAME.body, channel, payload: body.subarray(start, start + piece) });
  return frames;
};
