import { ByteReader } from '../amqp/byte-reader.ts';
import { ByteWriter } from '../amqp/byte-writer.ts';
import { Malformed } from '../amqp/malformed.ts';
import { long, type MapMessage, type MapValue, string } from './map-message.ts';

/** Type bytes of the older encoding, which Andes sends with `use_legacy_map_msg_format` (wire.md 5.8). */
const TYPES = {
  boolean: 1,
  byte: 2,
  bytes: 3,
  short: 4,
  char: 5,
  int: 6,
  long: 7,
  float: 8,
  double: 9,
  string: 10,
  null: 11,
} as const;

type ReadValue = (reader: ByteReader) => MapValue;

const READ_VALUE: ReadonlyMap<number, ReadValue> = new Map<number, ReadValue>([
  [TYPES.boolean, (r) => ({ type: 'boolean', value: r.uint8() !== 0 })],
  [TYPES.byte, (r) => ({ type: 'byte', value: r.int8() })],
  [TYPES.bytes, (r) => readBytes(r)],
  [TYPES.short, (r) => ({ type: 'short', value: r.int16() })],
  [TYPES.char, (r) => ({ type: 'char', value: String.fromCharCode(r.uint16()) })],
  [TYPES.int, (r) => ({ type: 'int', value: r.int32() })],
  [TYPES.long, (r) => long(r.int64())],
  [TYPES.float, (r) => ({ type: 'float', value: r.float() })],
  [TYPES.double, (r) => ({ type: 'double', value: r.double() })],
  [TYPES.string, (r) => string(r.zeroEnded())],
  [TYPES.null, () => ({ type: 'null', value: null })],
]);

/** Bytes after a signed length; -1 stands for Java's null. */
const readBytes = (reader: ByteReader): MapValue => {
  const length = reader.int32();
  return length < 0 ? { type: 'null', value: null } : { type: 'bytes', value: reader.take(length) };
};

/** @throws Malformed */
export const decodeJmsMap = (body: Buffer): MapMessage => {
  const reader = new ByteReader(body);
  const map = new Map<string, MapValue>();
  const count = reader.int32();
  for (let index = 0; index < count; index += 1) {
    const name = reader.zeroEnded();
    const type = reader.uint8();
    const read = READ_VALUE.get(type);
    if (!read) throw new Malformed(`a map has a value of the unknown type ${type}`);
    map.set(name, read(reader));
  }
  return map;
};

/** @throws RangeError a value that its type cannot hold, or a map within the map: this encoding has none */
export const encodeJmsMap = (message: MapMessage): Buffer => {
  const writer = new ByteWriter();
  writer.int32(message.size);
  for (const [name, value] of message) {
    writer.zeroEnded(name);
    writeValue(writer, value);
  }
  return writer.written;
};

const writeValue = (writer: ByteWriter, { type, value }: MapValue): void => {
  if (type === 'map') throw new RangeError('jms/map-message has no maps within maps');
  writer.uint8(TYPES[type]);
  switch (type) {
    case 'boolean':
      writer.uint8(Number(value));
      break;
    case 'byte':
      writer.int8(value);
      break;
    case 'bytes':
      writer.longBytes(value);
      break;
    case 'short':
      writer.int16(value);
      break;
    case 'char':
      writer.uint16(value.charCodeAt(0));
      break;
    case 'int':
      writer.int32(value);
      break;
    case 'long':
      writer.int64(value);
      break;
    case 'float':
      writer.float(value);
      break;
    case 'double':
      writer.double(value);
      break;
    case 'string':
      writer.zeroEnded(value);
      break;
    case 'null':
      break;
  }
};
