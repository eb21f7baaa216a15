/** A message as it came. Queues share it; its bytes are its own, never a part of what a socket read. */
export type Message = {
  readonly exchange: string;
  readonly routingKey: string;
  /** Flags and values of the content header. */
  readonly properties: Buffer;
  readonly body: Buffer;
};

/** Bytes that the objects around a message take, about. */
const OVERHEAD = 256;

/** What a message counts against the limits. */
export const sizeOf = ({ properties, body }: Message): number => properties.length + body.length + OVERHEAD;
