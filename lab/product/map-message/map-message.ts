/** Values of a JMS MapMessage, with their Java types: a listener that casts cares about them (wire.md 4.3, 5.9). */
export type MapValue =
  | { readonly type: 'string' | 'char'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'byte' | 'short' | 'int' | 'float' | 'double'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'bytes'; readonly value: Buffer }
  | { readonly type: 'map'; readonly value: MapMessage }
  | { readonly type: 'null'; readonly value: null };

/** Entries in the order of the wire. */
export type MapMessage = ReadonlyMap<string, MapValue>;

export const string = (value: string): MapValue => ({ type: 'string', value });
export const boolean = (value: boolean): MapValue => ({ type: 'boolean', value });
export const int = (value: number): MapValue => ({ type: 'int', value });
export const long = (value: number | bigint): MapValue => ({ type: 'long', value: BigInt(value) });

/** A message of these entries, sorted by name, as the Traffic Manager's adapter writes them (wire.md 5.8). */
export const mapMessage = (entries: Readonly<Record<string, MapValue>>): MapMessage =>
  new Map(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));

/** The bare values, for showing them: longs as numbers, bytes as base64. */
export const plainValues = (message: MapMessage): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Array.from(message, ([name, { value }]) => [name, plainValue(value)]));

const plainValue = (value: MapValue['value']): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return value instanceof Map ? plainValues(value) : value;
};
