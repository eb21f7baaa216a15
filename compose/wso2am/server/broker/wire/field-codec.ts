import type { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { ByteWriter } from '../../../../../lab/product/amqp/byte-writer.ts';
import { type FieldTable, readTable, writeTable } from './field-table.ts';

/** How one field of a method is read and written. */
export type FieldCodec<T> = {
  read(reader: ByteReader): T;
  write(writer: ByteWriter, value: T): void;
};

export const bit: FieldCodec<boolean> = { read: (r) => r.bit(), write: (w, value) => w.bit(value) };
export const octet: FieldCodec<number> = { read: (r) => r.uint8(), write: (w, value) => w.uint8(value) };
export const short: FieldCodec<number> = { read: (r) => r.uint16(), write: (w, value) => w.uint16(value) };
export const long: FieldCodec<number> = { read: (r) => r.uint32(), write: (w, value) => w.uint32(value) };
/** 64 bits as a number: delivery tags and sizes stay far below 2^53, and a hostile one above fits nothing either way. */
export const longLong: FieldCodec<number> = {
  read: (r) => Number(r.uint64()),
  write: (w, value) => w.uint64(BigInt(value)),
};
export const shortString: FieldCodec<string> = {
  read: (r) => r.shortString(),
  write: (w, value) => w.shortString(value),
};
export const longString: FieldCodec<Buffer> = { read: (r) => r.longBytes(), write: (w, value) => w.longBytes(value) };
export const table: FieldCodec<FieldTable> = { read: readTable, write: writeTable };

type Codecs<T> = { readonly [K in keyof T]: FieldCodec<T[K]> };

/** A method of AMQP 0-9-1: its numbers, and its fields in the order of the wire. */
export type MethodCodec<N extends string, T> = {
  readonly name: N;
  readonly classId: number;
  readonly methodId: number;
  /** @throws Malformed */
  decode(reader: ByteReader): { readonly name: N; readonly fields: T };
  /** The payload of a method frame. @throws RangeError a value that its field cannot hold */
  encode(fields: T): Buffer;
};

export const method = <N extends string, T extends object = Record<never, never>>(
  name: N,
  classId: number,
  methodId: number,
  codecs: Codecs<T>,
): MethodCodec<N, T> => {
  const names = Object.keys(codecs) as (keyof T)[];
  return {
    name,
    classId,
    methodId,
    decode: (reader) => {
      const fields: Partial<T> = {};
      for (const field of names) fields[field] = codecs[field].read(reader);
      // Every field of T was read in the loop; the compiler cannot count them.
      return { name, fields: fields as T };
    },
    encode: (fields) => {
      const writer = new ByteWriter();
      writer.uint16(classId);
      writer.uint16(methodId);
      for (const field of names) codecs[field].write(writer, fields[field]);
      return writer.written;
    },
  };
};
