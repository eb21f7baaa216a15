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
    const at = this.#advance(1);
    this.#bytes.writeUInt8(value, at);
  }

  int8(value: number): void {
    const at = this.#advance(1);
    this.#bytes.writeInt8(value, at);
  }

  uint16(value: number): void {
    const at = this.#advance(2);
    this.#bytes.writeUInt16BE(value, at);
  }

  int16(value: number): void {
    const at = this.#advance(2);
    this.#bytes.writeInt16BE(value, at);
  }

  uint32(value: number): void {
    const at = this.#advance(4);
    this.#bytes.writeUInt32BE(value, at);
  }

  int32(value: number): void {
    const at = this.#advance(4);
    this.#bytes.writeInt32BE(value, at);
  }

  uint64(value: bigint): void {
    const at = this.#advance(8);
    this.#bytes.writeBigUInt64BE(value, at);
  }

  int64(value: bigint): void {
    const at = this.#advance(8);
    this.#bytes.writeBigInt64BE(value, at);
  }

  float(value: number): void {
    const at = this.#advance(4);
    this.#bytes.writeFloatBE(value, at);
  }

  double(value: number): void {
    const at = this.#advance(8);
    this.#bytes.writeDoubleBE(value, at);
  }

  bytes(value: Buffer): void {
    const at = this.#advance(value.length);
    value.copy(this.#bytes, at);
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

  /** Makes room, which may move the bytes: look at `#bytes` only afterwards. */
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
