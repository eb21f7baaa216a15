/** Types an attribute can have (wire.md 5.1). */
export type AttributeType = 'STRING' | 'INT' | 'LONG' | 'FLOAT' | 'DOUBLE' | 'BOOL';

export type Attribute = readonly [name: string, type: AttributeType];
export type Attributes = readonly Attribute[];

/** What both sides must know beforehand: neither names, nor types, nor counts are on the wire (wire.md 5.1). */
export type StreamDefinition<P extends Attributes = Attributes> = {
  /** `name:version`. */
  readonly id: string;
  readonly meta: Attributes;
  readonly correlation: Attributes;
  readonly payload: P;
};

/** A text that is empty arrives as `null`: the wire has one form for both (wire.md 5.1). */
type Values = {
  readonly STRING: string | null;
  readonly INT: number;
  readonly LONG: bigint;
  readonly FLOAT: number;
  readonly DOUBLE: number;
  readonly BOOL: boolean;
};

export type AttributeValue = Values[AttributeType];

/** Values by attribute name, with the types that the definition gives them. */
export type ValuesOf<A extends Attributes> = { readonly [E in A[number] as E[0]]: Values[E[1]] };

export type StreamEvent<P extends Attributes = Attributes> = {
  readonly stream: StreamDefinition<P>;
  /** Milliseconds since 1970, of the sender's clock. */
  readonly timestamp: number;
  readonly meta: ValuesOf<Attributes>;
  readonly correlation: ValuesOf<Attributes>;
  readonly payload: ValuesOf<P>;
  /** Pairs that the definition does not name. */
  readonly arbitrary: ReadonlyMap<string, string>;
};

/** Whether an event is of this stream, so that its payload has the attributes of the definition. */
export const isOfStream = <P extends Attributes>(
  event: StreamEvent,
  stream: StreamDefinition<P>,
): event is StreamEvent<P> => Object.is(event.stream, stream);
