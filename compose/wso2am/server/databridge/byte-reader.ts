import { MalformedMessage } from './malformed-message.ts';

/** Reads a body from front to back; big-endian (wire.md 5.1). Every method throws `MalformedMessage` past the end. */
export type ByteReader = {
  readonly remaining: number;
  byte(): number;
  int32(): number;
  int64(): bigint;
  /** Milliseconds since 1970, of an int64. */
  time(): number;
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
export const readBytes = (bytes: Buffer): ByteReader => new BufferReader(bytes, 0, bytes.length);

/** What one of the upper half of an int64 is worth. */
const UPPER = 2 ** 32;

/** A class, because accessors and functions of a literal would be made anew for each event. */
class BufferReader implements ByteReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }

  time(): number {
    const from = this.#advance(8);
    return this.#bytes.readInt32BE(from) * UPPER + this.#bytes.readUInt32BE(from + 4);
  }

  float(): number {
    return this.#bytes.readFloatBE(this.#advance(4));
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#advance(8));
  }

  text(length: number, limit: number = this.#end): string {
    if (length > limit) throw new MalformedMessage(`A name of ${length} bytes`);
    const from = this.#advance(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  part(length: number): ByteReader {
    const from = this.#advance(length);
    return new BufferReader(this.#bytes, from, from + length);
  }

  /** Where the next bytes begin. */
  #advance(length: number): number {
    const from = this.#offset;
    if (length < 0 || length > this.#end - from)
      throw new MalformedMessage(`${length} bytes announced at ${from}, ${this.#end - from} are there`);
    this.#offset = from + length;
    return from;
  }
}
