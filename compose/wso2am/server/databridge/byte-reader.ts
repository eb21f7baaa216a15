import { MalformedMessage } from './malformed-message.ts';

/** Reads a body from front to back; big-endian (wire.md 5.1). Every method throws `MalformedMessage` past the end. */
export type ByteReader = {
  readonly remaining: number;
  byte(): number;
  int32(): number;
  int64(): bigint;
  float(): number;
  double(): number;
  /** UTF-8 of so many bytes; a length that is negative, or beyond the limit, is malformed. */
  text(length: number, limit?: number): string;
  /** The next bytes as a reader of their own, which cannot read beyond them. */
  part(length: number): ByteReader;
};

/** Bytes of what is named in answers and lines of the log: users, sessions, streams. No name of the product comes near. */
export const NAME_LIMIT = 1024;

/** A reader from the first byte. */
export const readBytes = (bytes: Buffer): ByteReader => {
  let offset = 0;
  const advance = (length: number): number => {
    if (length < 0 || length > bytes.length - offset)
      throw new MalformedMessage(`${length} bytes announced at ${offset}, ${bytes.length - offset} are there`);
    const from = offset;
    offset += length;
    return from;
  };
  return {
    get remaining() {
      return bytes.length - offset;
    },
    byte: () => bytes.readUInt8(advance(1)),
    int32: () => bytes.readInt32BE(advance(4)),
    int64: () => bytes.readBigInt64BE(advance(8)),
    float: () => bytes.readFloatBE(advance(4)),
    double: () => bytes.readDoubleBE(advance(8)),
    text: (length, limit = bytes.length) => {
      if (length > limit) throw new MalformedMessage(`A name of ${length} bytes`);
      const from = advance(length);
      return bytes.toString('utf8', from, from + length);
    },
    part: (length) => {
      const from = advance(length);
      return readBytes(bytes.subarray(from, from + length));
    },
  };
};
