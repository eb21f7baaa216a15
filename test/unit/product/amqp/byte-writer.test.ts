import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../../lab/product/amqp/byte-reader.ts';
import { ByteWriter } from '../../../../lab/product/amqp/byte-writer.ts';
import { Malformed } from '../../../../lab/product/amqp/malformed.ts';

const bytesOf = (write: (writer: ByteWriter) => void): string => {
  const writer = new ByteWriter();
  write(writer);
  return writer.written.toString('hex');
};

describe('writing bytes', () => {
  it('keeps what was written when it needs more room', () => {
    for (const step of [1, 3, 255, 10_000]) {
      const writer = new ByteWriter();
      const expected: Buffer[] = [];
      for (let value = 1; value <= 20; value += 1) {
        const piece = Buffer.alloc(step, value);
        writer.bytes(piece);
        writer.uint64(BigInt(value));
        expected.push(piece, Buffer.from(value.toString(16).padStart(16, '0'), 'hex'));
      }
      expect(writer.written.equals(Buffer.concat(expected)), `pieces of ${step}`).toBe(true);
    }
  });

  it('puts up to eight neighbouring bits into an octet, from the lowest up', () => {
    const write = (writer: ByteWriter): void => {
      for (const bit of [true, false, true]) writer.bit(bit);
      writer.uint8(7);
      for (let count = 0; count < 9; count += 1) writer.bit(true);
    };
    expect(bytesOf(write)).toBe('0507ff01');

    const reader = new ByteReader(Buffer.from('0507ff01', 'hex'));
    expect([reader.bit(), reader.bit(), reader.bit(), reader.uint8()]).toEqual([true, false, true, 7]);
    expect(Array.from({ length: 10 }, () => reader.bit())).toEqual([...Array(9).fill(true), false]);
  });

  it('refuses a short text of more than 255 bytes', () => {
    expect(() => bytesOf((writer) => writer.shortString('ä'.repeat(128)))).toThrow(RangeError);
  });
});

describe('reading bytes', () => {
  it('says so when they end too early', () => {
    const reader = new ByteReader(Buffer.from([0, 0, 0, 9, 1]));
    expect(() => reader.longBytes()).toThrow(new Malformed('9 more bytes expected, 1 are there'));
    expect(() => new ByteReader(Buffer.from('endless')).zeroEnded()).toThrow(Malformed);
  });
});
