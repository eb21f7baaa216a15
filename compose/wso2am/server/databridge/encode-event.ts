import type { Attributes, AttributeType, AttributeValue, StreamEvent, ValuesOf } from './stream-definition.ts';

/**
 * An event as it stands in a publish frame, without its size: time stamp, stream id, values in the order of the definition,
 * arbitrary pairs (wire.md 5.1).
 * @throws TypeError a value that is missing or of another type than the definition says; RangeError one that does not fit
 */
export const encodeEvent = <P extends Attributes>(event: StreamEvent<P>): Buffer =>
  Buffer.concat([
    int64(BigInt(event.timestamp)),
    text(event.stream.id),
    ...values(event.stream.meta, event.meta),
    ...values(event.stream.correlation, event.correlation),
    ...values(event.stream.payload, event.payload),
    ...[...event.arbitrary].flatMap((pair) => pair.map(text)),
  ]);

const values = (attributes: Attributes, row: ValuesOf<Attributes>): readonly Buffer[] =>
  attributes.map(([name, type]) => {
    const encoded = encodeValue(type, row[name]);
    if (encoded === undefined) throw new TypeError(`Attribute ${name} is ${typeof row[name]}, not ${type}`);
    return encoded;
  });

/** Undefined when the value is not of the type. */
const encodeValue = (type: AttributeType, value: AttributeValue | undefined): Buffer | undefined => {
  switch (type) {
    case 'STRING':
      return typeof value === 'string' || value === null ? text(value ?? '') : undefined;
    case 'INT':
      return typeof value === 'number' ? int32(value) : undefined;
    case 'LONG':
      return typeof value === 'bigint' ? int64(value) : undefined;
    case 'FLOAT':
      return typeof value === 'number' ? written(4, (bytes) => bytes.writeFloatBE(value)) : undefined;
    case 'DOUBLE':
      return typeof value === 'number' ? written(8, (bytes) => bytes.writeDoubleBE(value)) : undefined;
    case 'BOOL':
      return typeof value === 'boolean' ? Buffer.of(value ? 1 : 0) : undefined;
  }
};

const text = (value: string): Buffer => {
  const length = Buffer.byteLength(value);
  return written(4 + length, (bytes) => {
    bytes.writeInt32BE(length);
    bytes.write(value, 4);
  });
};

const int32 = (value: number): Buffer => written(4, (bytes) => bytes.writeInt32BE(value));

const int64 = (value: bigint): Buffer => written(8, (bytes) => bytes.writeBigInt64BE(value));

const written = (length: number, write: (bytes: Buffer) => unknown): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  write(bytes);
  return bytes;
};
