import { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { ByteWriter } from '../../../../../lab/product/amqp/byte-writer.ts';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';
import { LIMITS } from '../limits.ts';

export type FieldValue = string | number | bigint | boolean | null | Buffer | FieldTable | readonly FieldValue[];
export type FieldTable = ReadonlyMap<string, FieldValue>;

export const EMPTY_TABLE: FieldTable = new Map();

type ReadValue = (reader: ByteReader, depth: number) => FieldValue;

const text: ReadValue = (reader) => reader.longBytes().toString();

/**
 * Values by their type letters: those of Andes (wire.md 5.7), whose `i` is unsigned and whose `c` and `C` are texts, and the
 * `A B u` that RabbitMQ's clients add.
 */
const READ_VALUE: Readonly<Record<string, ReadValue>> = {
  S: text,
  c: text,
  C: text,
  x: (reader) => reader.longBytes(),
  t: (reader) => reader.uint8() !== 0,
  k: (reader) => String.fromCharCode(reader.uint8()),
  b: (reader) => reader.int8(),
  B: (reader) => reader.uint8(),
  s: (reader) => reader.int16(),
  u: (reader) => reader.uint16(),
  I: (reader) => reader.int32(),
  i: (reader) => reader.uint32(),
  l: (reader) => reader.int64(),
  T: (reader) => reader.uint64(),
  f: (reader) => reader.float(),
  d: (reader) => reader.double(),
  D: (reader) => {
    const places = reader.uint8();
    return reader.int32() / 10 ** places;
  },
  V: () => null,
  F: (reader, depth) => readTableAt(reader, depth + 1),
  A: (reader, depth) => {
    const items = new ByteReader(reader.longBytes());
    const values: FieldValue[] = [];
    while (items.left > 0) values.push(readValue(items, depth + 1));
    return values;
  },
};

/** @throws Malformed an unknown type letter, too deep a table, sizes that do not fit */
export const readTable = (reader: ByteReader): FieldTable => readTableAt(reader, 0);

const readTableAt = (reader: ByteReader, depth: number): FieldTable => {
  const entries = new ByteReader(reader.longBytes());
  if (entries.left === 0) return EMPTY_TABLE;
  const table = new Map<string, FieldValue>();
  while (entries.left > 0) table.set(entries.shortString(), readValue(entries, depth));
  return table;
};

const readValue: ReadValue = (reader, depth) => {
  if (depth > LIMITS.tableDepth) throw new Malformed('a table is too deep');
  const letter = String.fromCharCode(reader.uint8());
  const read = READ_VALUE[letter];
  if (!read) throw new Malformed(`a table has a value of the unknown type ${JSON.stringify(letter)}`);
  return read(reader, depth);
};

/** Writes a table with the letters that every client understands: `S I l t F x V d`. Whole numbers are 32 bits, bigints 64. */
export const writeTable = (writer: ByteWriter, table: FieldTable): void => {
  const entries = new ByteWriter();
  for (const [name, value] of table) {
    entries.shortString(name);
    writeValue(entries, value);
  }
  writer.longBytes(entries.written);
};

const writeValue = (writer: ByteWriter, value: FieldValue): void => {
  const letter = (of: string): void => writer.uint8(of.charCodeAt(0));
  if (value === null) letter('V');
  else if (typeof value === 'string') {
    letter('S');
    writer.longBytes(Buffer.from(value));
  } else if (typeof value === 'boolean') {
    letter('t');
    writer.uint8(Number(value));
  } else if (typeof value === 'bigint') {
    letter('l');
    writer.int64(value);
  } else if (typeof value === 'number') {
    letter(Number.isInteger(value) ? 'I' : 'd');
    if (Number.isInteger(value)) writer.int32(value);
    else writer.double(value);
  } else if (Buffer.isBuffer(value)) {
    letter('x');
    writer.longBytes(value);
  } else if (value instanceof Map) {
    letter('F');
    writeTable(writer, value);
  } else throw new RangeError('a list in a table is not written');
};
