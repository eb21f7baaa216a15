/** Writes one message from front to back; big-endian (wire.md 5.1). Numbers that do not fit throw RangeError. */
export type ByteWriter = {
  byte(value: number): void;
  int32(value: number): void;
  int64(value: bigint): void;
  float(value: number): void;
  double(value: number): void;
  /** UTF-8, with its length in bytes before it. */
  text(value: string): void;
  /** A copy of all that was written. */
  bytes(): Buffer;
};

/** Bytes of a message of the usual size, a throttling event, several times over. */
const FIRST_SIZE = 4096;

/** Bytes that a UTF-16 unit takes in UTF-8 at most. */
const WIDEST = 3;

/** Kept between messages: without a buffer for each of its parts an event costs half as much to encode. */
let scratch = Buffer.allocUnsafe(FIRST_SIZE);

/** A writer for one message, to be finished before the next is begun. */
export const byteWriter = (): ByteWriter => {
  let offset = 0;
  const advance = (length: number): number => {
    const from = offset;
    offset += length;
    if (offset > scratch.length) {
      const larger = Buffer.allocUnsafe(Math.max(offset, 2 * scratch.length));
      scratch.copy(larger, 0, 0, from);
      scratch = larger;
    }
    return from;
  };
  return {
    byte: (value) => void scratch.writeUInt8(value, advance(1)),
    int32: (value) => void scratch.writeInt32BE(value, advance(4)),
    int64: (value) => void scratch.writeBigInt64BE(value, advance(8)),
    float: (value) => void scratch.writeFloatBE(value, advance(4)),
    double: (value) => void scratch.writeDoubleBE(value, advance(8)),
    text: (value) => {
      const from = advance(4 + WIDEST * value.length);
      const length = scratch.write(value, from + 4);
      scratch.writeInt32BE(length, from);
      offset = from + 4 + length;
    },
    bytes: () => {
      const message = Buffer.from(scratch.subarray(0, offset));
      // A message of unusual size does not keep its memory.
      if (scratch.length > 16 * FIRST_SIZE) scratch = Buffer.allocUnsafe(FIRST_SIZE);
      return message;
    },
  };
};
