const FIRST_SIZE = 256;

/** The longest text that a length in one octet allows. */
const SHORT_LIMIT = 255;

/** Writes big-endian values one after another; the counterpart of `ByteReader`. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #length = 0;
  #bitsWritten = 0;
  #bitsEnd = -1;

  /** What has been written. Shares memory with the writer: take it when all is written. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  uint8(value: number): void {
    this.#bytes.writeUInt8(value, this.#advance(1));
  }

  int8(value: number): void {
    this.#bytes.writeInt8(value, this.#advance(1));
  }

  uint16(value: number): void {
    this.#bytes.writeUInt16BE(value, this.#advance(2));
  }

  int16(value: number): void {
    this.#bytes.writeInt16BE(value, this.#advance(2));
  }

  uint32(value: number): void {
    this.#bytes.writeUInt32BE(value, this.#advance(4));
  }

  int32(value: number): void {
    this.#bytes.writeInt32BE(value, this.#advance(4));
  }

  uint64(value: bigint): void {
    this.#bytes.writeBigUInt64BE(value, this.#advance(8));
  }

  int64(value: bigint): void {
    this.#bytes.writeBigInt64BE(value, this.#advance(8));
  }

  float(value: number): void {
    this.#bytes.writeFloatBE(value, this.#advance(4));
  }

  double(value: number): void {
    this.#bytes.writeDoubleBE(value, this.#advance(8));
  }

  bytes(value: Buffer): void {
    value.copy(this.#bytes, this.#advance(value.length));
  }

  bit(value: boolean): void {
    if (this.#length !== this.#bitsEnd || this.#bitsWritten === 8) {
      this.uint8(0);
      this.#bitsWritten = 0;
      this.#bitsEnd = this.#length;
    }
    const octet = this.#bytes[this.#length - 1] ?? 0;
    this.#bytes[this.#length - 1] = octet | (Number(value) << this.#bitsWritten);
    this.#bitsWritten += 1;
  }

  /** @throws RangeError more than 255 bytes */
  shortString(value: string): void {
    const bytes = Buffer.from(value);
    if (bytes.length > SHORT_LIMIT) throw new RangeError(`a short text has ${bytes.length} bytes`);
    this.uint8(bytes.length);
    this.bytes(bytes);
  }

  longBytes(value: Buffer): void {
    this.uint32(value.length);
    this.bytes(value);
  }

  zeroEnded(value: string): void {
    this.bytes(Buffer.from(value));
    this.uint8(0);
  }

  #advance(count: number): number {
    const start = this.#length;
    const end = start + count;
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    this.#length = end;
    return start;
  }
}
