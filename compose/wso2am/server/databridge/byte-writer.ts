/** Writes one message from front to back; big-endian (wire.md 5.1). Numbers that do not fit throw RangeError. */
export type ByteWriter = {
  byte(value: number): void;
  int32(value: number): void;
  int64(value: bigint): void;
  /** Whole milliseconds since 1970, as an int64. */
  time(value: number): void;
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

/** What one of the upper half of an int64 is worth. */
const UPPER = 2 ** 32;

/** Kept between messages: without a buffer for each of its parts an event costs half as much to encode. */
let scratch = Buffer.allocUnsafe(FIRST_SIZE);

/** UTF-16 units of a text that is sooner copied one by one than handed to Node. */
const SHORT = 64;

/** A writer for one message, to be finished before the next is begun. */
export const byteWriter = (): ByteWriter => new ScratchWriter();

/** A class, because functions of a literal would be made anew for each message. */
class ScratchWriter implements ByteWriter {
  #offset = 0;

  byte(value: number): void {
    scratch.writeUInt8(value, this.#advance(1));
  }

  int32(value: number): void {
    scratch.writeInt32BE(value, this.#advance(4));
  }

  int64(value: bigint): void {
    scratch.writeBigInt64BE(value, this.#advance(8));
  }

  time(value: number): void {
    // Two halves: a big integer for a time that each message has takes longer than all its texts.
    const from = this.#advance(8);
    const high = Math.floor(value / UPPER);
    scratch.writeInt32BE(high, from);
    scratch.writeUInt32BE(value - high * UPPER, from + 4);
  }

  float(value: number): void {
    scratch.writeFloatBE(value, this.#advance(4));
  }

  double(value: number): void {
    scratch.writeDoubleBE(value, this.#advance(8));
  }

  text(value: string): void {
    const from = this.#advance(4 + WIDEST * value.length);
    const length = writeAscii(value, from + 4) ? value.length : scratch.write(value, from + 4);
    scratch.writeInt32BE(length, from);
    this.#offset = from + 4 + length;
  }

  bytes(): Buffer {
    const message = Buffer.allocUnsafe(this.#offset);
    scratch.copy(message, 0, 0, this.#offset);
    // A message of unusual size does not keep its memory.
    if (scratch.length > 16 * FIRST_SIZE) scratch = Buffer.allocUnsafe(FIRST_SIZE);
    return message;
  }

  /** Room for so many bytes; says where it begins. */
  #advance(length: number): number {
    const from = this.#offset;
    this.#offset += length;
    if (this.#offset > scratch.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#offset, 2 * scratch.length));
      scratch.copy(larger, 0, 0, from);
      scratch = larger;
    }
    return from;
  }
}

/** Whether a text is short and of ASCII alone, as keys and names are; it is written then, into room that is there. */
const writeAscii = (value: string, at: number): boolean => {
  const { length } = value;
  if (length > SHORT) return false;
  for (let index = 0; index < length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) return false;
    scratch[at + index] = unit;
  }
  return true;
};
