import { ByteReader } from '../../../../../lab/product/amqp/byte-reader.ts';
import { ByteWriter } from '../../../../../lab/product/amqp/byte-writer.ts';
import { Malformed } from '../../../../../lab/product/amqp/malformed.ts';
import { type FieldCodec, longLong, octet, shortString, table } from './field-codec.ts';
import type { FieldTable } from './field-table.ts';

/** Properties of a message (AMQP 0-9-1, class basic). */
export type Properties = {
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly headers: FieldTable;
  readonly deliveryMode: number;
  readonly priority: number;
  readonly correlationId: string;
  readonly replyTo: string;
  readonly expiration: string;
  readonly messageId: string;
  readonly timestamp: number;
  readonly type: string;
  readonly userId: string;
  readonly appId: string;
  readonly clusterId: string;
};

/** In the order of their flags, from bit 15 down. */
const CODECS: { readonly [K in keyof Properties]: FieldCodec<Properties[K]> } = {
  contentType: shortString,
  contentEncoding: shortString,
  headers: table,
  deliveryMode: octet,
  priority: octet,
  correlationId: shortString,
  replyTo: shortString,
  expiration: shortString,
  messageId: shortString,
  timestamp: longLong,
  type: shortString,
  userId: shortString,
  appId: shortString,
  clusterId: shortString,
};
const NAMES = Object.keys(CODECS) as readonly (keyof Properties)[];

/** Flag of a property by its place in `NAMES`. Bits 1 and 0 stand for no property; bit 0 says that more flags follow. */
const flagOf = (index: number): number => 1 << (15 - index);
const UNKNOWN_FLAGS = 0b11;

/** @throws Malformed */
export const decodeProperties = (bytes: Buffer): Partial<Properties> => {
  const reader = new ByteReader(bytes);
  const flags = reader.uint16();
  if ((flags & UNKNOWN_FLAGS) !== 0) throw new Malformed('a content header has flags of no property');
  const properties: Partial<Properties> = {};
  const read = <K extends keyof Properties>(name: K): void => {
    Object.assign(properties, { [name]: CODECS[name].read(reader) });
  };
  for (const [index, name] of NAMES.entries()) if ((flags & flagOf(index)) !== 0) read(name);
  return properties;
};

/** Flags and values, as they follow the size in a content header. */
export const encodeProperties = (properties: Partial<Properties>): Buffer => {
  const writer = new ByteWriter();
  const present = NAMES.filter((name) => properties[name] !== undefined);
  writer.uint16(NAMES.reduce((flags, name, index) => (present.includes(name) ? flags | flagOf(index) : flags), 0));
  const write = <K extends keyof Properties>(name: K): void => {
    const value = properties[name];
    if (value !== undefined) CODECS[name].write(writer, value);
  };
  for (const name of present) write(name);
  return writer.written;
};
