import { Malformed } from './malformed.ts';

/** Reads big-endian values one after another. Every method throws `Malformed` when the bytes end too early. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;
  #bits = 0;
  #bitsTaken = 0;
  /** Where the octet of bits ended that is being taken apart; any other read moves on from there. */
  #bitsEnd = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#position;
  }

  /** The next bytes, not copied. */
  take(count: number): Buffer {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#advance(2));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8));
  }

  int64(): bigint {
    return this.#bytes.readBigInt64BE(this.#advance(8));
  }

  float(): number {
    return this.#bytes.readFloatBE(this.#advance(4));
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#advance(8));
  }

  /** One of up to eight neighbouring bits, which share an octet from its lowest bit up (AMQP 0-9-1, 4.2.5.2). */
  bit(): boolean {
    if (this.#position !== this.#bitsEnd || this.#bitsTaken === 8) {
      this.#bits = this.uint8();
      this.#bitsTaken = 0;
      this.#bitsEnd = this.#position;
    }
    const bit = (this.#bits >> this.#bitsTaken) & 1;
    this.#bitsTaken += 1;
    return bit === 1;
  }

  /** UTF-8 after its length in one octet. */
  shortString(): string {
    return this.take(this.uint8()).toString();
  }

  /** Bytes after their length in four octets. */
  longBytes(): Buffer {
    return this.take(this.uint32());
  }

  /** UTF-8 up to a zero octet, which is taken too. */
  zeroEnded(): string {
    const end = this.#bytes.indexOf(0, this.#position);
    if (end < 0) throw new Malformed('a text has no end');
    const text = this.take(end - this.#position).toString();
    this.#advance(1);
    return text;
  }

  #advance(count: number): number {
    if (count > this.left) throw new Malformed(`${count} more bytes expected, ${this.left} are there`);
    const start = this.#position;
    this.#position += count;
    return start;
  }
}
