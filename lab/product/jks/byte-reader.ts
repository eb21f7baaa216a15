import { JksError } from './jks-error.ts';
import { decodeModifiedUtf8 } from './modified-utf8.ts';

/** Reads a buffer front to back as Java's `DataInput` does; running over the end is damage. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  take(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new JksError('damaged', 'the key store is cut off');
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  /** Milliseconds since 1970, as Java's `Date` has them. */
  date(): Date {
    return new Date(Number(this.take(8).readBigInt64BE()));
  }

  utf(): string {
    const text = decodeModifiedUtf8(this.take(this.u16()));
    if (text === undefined) throw new JksError('damaged', 'the key store holds a name that is not UTF-8');
    return text;
  }
}
