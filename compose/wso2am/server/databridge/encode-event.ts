import { type ByteWriter, byteWriter } from './byte-writer.ts';
import type { Attributes, AttributeType, AttributeValue, StreamEvent, ValuesOf } from './stream-definition.ts';

/**
 * An event as it stands in a publish frame, without its size: time stamp, stream id, values in the order of the definition,
 * arbitrary pairs (wire.md 5.1).
 * @throws TypeError a value that is missing or of another type than the definition says; RangeError one that does not fit
 */
export const encodeEvent = <P extends Attributes>(event: StreamEvent<P>): Buffer => {
  const bytes = byteWriter();
  bytes.time(event.timestamp);
  bytes.text(event.stream.id);
  writeValues(bytes, event.stream.meta, event.meta);
  writeValues(bytes, event.stream.correlation, event.correlation);
  writeValues(bytes, event.stream.payload, event.payload);
  for (const [name, value] of event.arbitrary) {
    bytes.text(name);
    bytes.text(value);
  }
  return bytes.bytes();
};

const writeValues = (bytes: ByteWriter, attributes: Attributes, row: ValuesOf<Attributes>): void => {
  for (const [name, type] of attributes) {
    if (!writeValue(bytes, type, row[name]))
      throw new TypeError(`Attribute ${name} is ${typeof row[name]}, not ${type}`);
  }
};

/** False, and nothing is written, when the value is not of the type. */
const writeValue = (bytes: ByteWriter, type: AttributeType, value: AttributeValue | undefined): boolean => {
  switch (type) {
    case 'STRING':
      if (typeof value !== 'string' && value !== null) return false;
      bytes.text(value ?? '');
      return true;
    case 'INT':
      if (typeof value !== 'number') return false;
      bytes.int32(value);
      return true;
    case 'LONG':
      if (typeof value !== 'bigint') return false;
      bytes.int64(value);
      return true;
    case 'FLOAT':
      if (typeof value !== 'number') return false;
      bytes.float(value);
      return true;
    case 'DOUBLE':
      if (typeof value !== 'number') return false;
      bytes.double(value);
      return true;
    case 'BOOL':
      if (typeof value !== 'boolean') return false;
      bytes.byte(value ? 1 : 0);
      return true;
  }
};
