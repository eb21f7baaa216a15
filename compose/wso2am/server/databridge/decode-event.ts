import { type ByteReader, NAME_LIMIT } from './byte-reader.ts';
import type {
  Attributes,
  AttributeType,
  AttributeValue,
  StreamDefinition,
  StreamEvent,
  ValuesOf,
} from './stream-definition.ts';

/** An event of a stream that this node does not know: its values cannot be told apart (wire.md 5.1). */
export class UnknownStream extends Error {
  override readonly name = 'UnknownStream';
}

/**
 * Reads one event; the reader holds nothing else.
 * @throws UnknownStream naming the stream; MalformedMessage values that do not fill the event as the definition says
 */
export const decodeEvent = (bytes: ByteReader, streams: ReadonlyMap<string, StreamDefinition>): StreamEvent => {
  const timestamp = bytes.time();
  const id = bytes.text(bytes.int32(), NAME_LIMIT);
  const stream = streams.get(id);
  if (stream === undefined) throw new UnknownStream(`No StreamDefinition for streamId ${id} present in cache `);
  return {
    stream,
    timestamp,
    meta: values(bytes, stream.meta),
    correlation: values(bytes, stream.correlation),
    payload: values(bytes, stream.payload),
    arbitrary: pairs(bytes),
  };
};

const values = (bytes: ByteReader, attributes: Attributes): ValuesOf<Attributes> => {
  const row = { ...emptyRow(attributes) };
  for (const [name, type] of attributes) row[name] = READERS[type](bytes);
  return row;
};

type Row = Record<string, AttributeValue>;

const emptyRows = new WeakMap<Attributes, Row>();

/** To begin each row as a copy of it: an object that gets its names one by one takes several times as long. */
const emptyRow = (attributes: Attributes): Row => {
  const known = emptyRows.get(attributes);
  if (known) return known;
  const row: Row = Object.fromEntries(attributes.map(([name]) => [name, null]));
  emptyRows.set(attributes, row);
  return row;
};

const READERS: Readonly<Record<AttributeType, (bytes: ByteReader) => AttributeValue>> = {
  STRING: (bytes) => {
    const length = bytes.int32();
    return length === 0 ? null : bytes.text(length);
  },
  INT: (bytes) => bytes.int32(),
  LONG: (bytes) => bytes.int64(),
  FLOAT: (bytes) => bytes.float(),
  DOUBLE: (bytes) => bytes.double(),
  BOOL: (bytes) => bytes.byte() === 1,
};

const NONE: ReadonlyMap<string, string> = new Map();

const pairs = (bytes: ByteReader): ReadonlyMap<string, string> => {
  if (bytes.remaining === 0) return NONE;
  const found = new Map<string, string>();
  while (bytes.remaining > 0) {
    const key = bytes.text(bytes.int32());
    found.set(key, bytes.text(bytes.int32()));
  }
  return found;
};
