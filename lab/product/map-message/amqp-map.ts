import { ByteReader } from '../amqp/byte-reader.ts';
import { ByteWriter } from '../amqp/byte-writer.ts';
import { Malformed } from '../amqp/malformed.ts';
import { long, type MapMessage, type MapValue, string } from './map-message.ts';

/** Maps within maps; more is an attack, for the product sends none. */
const MOST_NESTED = 16;

type ReadValue = (reader: ByteReader, depth: number) => MapValue;

/**
 * What Andes sends by default: a map of AMQP 0-10 (wire.md 5.8). Below: values by type byte, those that Andes writes and their
 * unsigned and shorter kin, with the Java type that they become.
 */
const READ_VALUE: ReadonlyMap<number, ReadValue> = new Map<number, ReadValue>([
  [0x01, (r) => ({ type: 'byte', value: r.int8() })],
  [0x02, (r) => ({ type: 'short', value: r.uint8() })],
  [0x04, (r) => ({ type: 'char', value: String.fromCharCode(r.uint8()) })],
  [0x08, (r) => ({ type: 'boolean', value: r.uint8() !== 0 })],
  [0x11, (r) => ({ type: 'short', value: r.int16() })],
  [0x12, (r) => ({ type: 'int', value: r.uint16() })],
  [0x21, (r) => ({ type: 'int', value: r.int32() })],
  [0x22, (r) => long(r.uint32())],
  [0x23, (r) => ({ type: 'float', value: r.float() })],
  [0x31, (r) => long(r.int64())],
  [0x32, (r) => long(r.uint64())],
  [0x33, (r) => ({ type: 'double', value: r.double() })],
  [0x38, (r) => long(r.int64())],
  [0x80, (r) => ({ type: 'bytes', value: r.take(r.uint8()) })],
  [0x85, (r) => string(r.shortString())],
  [0x90, (r) => ({ type: 'bytes', value: r.take(r.uint16()) })],
  [0x95, (r) => string(r.take(r.uint16()).toString())],
  [0x98, (r) => string(r.longBytes().toString())],
  [0xa0, (r) => ({ type: 'bytes', value: r.longBytes() })],
  [0xa8, (r, depth) => ({ type: 'map', value: readMap(r, depth + 1) })],
  [0xf0, () => ({ type: 'null', value: null })],
]);

/** @throws Malformed */
export const decodeAmqpMap = (body: Buffer): MapMessage => readMap(new ByteReader(body), 0);

const readMap = (reader: ByteReader, depth: number): MapMessage => {
  if (depth > MOST_NESTED) throw new Malformed('a map is too deep');
  const entries = new ByteReader(reader.longBytes());
  const map = new Map<string, MapValue>();
  // An empty map has no count either.
  const count = entries.left === 0 ? 0 : entries.uint32();
  for (let index = 0; index < count; index += 1) {
    const name = entries.shortString();
    const type = entries.uint8();
    const read = READ_VALUE.get(type);
    if (!read) throw new Malformed(`a map has a value of the unknown type 0x${type.toString(16)}`);
    map.set(name, read(entries, depth));
  }
  return map;
};

/** @throws RangeError a value that its type cannot hold */
export const encodeAmqpMap = (message: MapMessage): Buffer => {
  const writer = new ByteWriter();
  writeMap(writer, message);
  return writer.written;
};

const writeMap = (writer: ByteWriter, message: MapMessage): void => {
  const entries = new ByteWriter();
  entries.uint32(message.size);
  for (const [name, value] of message) {
    entries.shortString(name);
    writeValue(entries, value);
  }
  writer.longBytes(entries.written);
};

const writeValue = (writer: ByteWriter, { type, value }: MapValue): void => {
  switch (type) {
    case 'byte':
      writer.uint8(0x01);
      writer.int8(value);
      break;
    case 'char':
      writer.uint8(0x04);
      writer.uint8(value.charCodeAt(0));
      break;
    case 'boolean':
      writer.uint8(0x08);
      writer.uint8(Number(value));
      break;
    case 'short':
      writer.uint8(0x11);
      writer.int16(value);
      break;
    case 'int':
      writer.uint8(0x21);
      writer.int32(value);
      break;
    case 'float':
      writer.uint8(0x23);
      writer.float(value);
      break;
    case 'long':
      writer.uint8(0x31);
      writer.int64(value);
      break;
    case 'double':
      writer.uint8(0x33);
      writer.double(value);
      break;
    case 'string':
      writer.uint8(0x98);
      writer.longBytes(Buffer.from(value));
      break;
    case 'bytes':
      writer.uint8(0xa0);
      writer.longBytes(value);
      break;
    case 'map':
      writer.uint8(0xa8);
      writeMap(writer, value);
      break;
    case 'null':
      writer.uint8(0xf0);
      break;
  }
};
