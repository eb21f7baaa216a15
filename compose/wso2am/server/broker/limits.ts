/** What one client can make the broker hold or do; the figures marked with a source are the product's. */
export const LIMITS = {
  /** Offered in `tune` (wire.md 5.7). */
  frameMax: 65_535,
  /** The smallest a client may ask for (AMQP 0-9-1, constant frame-min-size). */
  frameMin: 4_096,
  /** Andes' default of `maxChannelCount`. */
  channelMax: 256,
  /** Deliveries that a channel may leave unacknowledged, whatever its prefetch: Andes' default of `maxUnackedMessages`. */
  unacknowledged: 1_000,
  /** Bytes of one message. Decisions and events have some hundred. */
  messageBytes: 8 * 1024 * 1024,
  /** Bytes of messages that one connection may have begun and not ended, on all its channels. */
  unfinishedBytes: 16 * 1024 * 1024,
  /** What a queue holds before its oldest message gives way to the newest. */
  queueMessages: 10_000,
  queueBytes: 8 * 1024 * 1024,
  /** Of a virtual host. */
  queues: 10_000,
  exchanges: 1_000,
  /** Of a queue. */
  bindings: 1_000,
  /** Of a listener. */
  connections: 1_000,
  /** Tables within tables. */
  tableDepth: 16,
  /** Bytes that wait to be written to a client before it counts as slow and its queues hold back. */
  writeAhead: 256 * 1024,
} as const;

/** Milliseconds that a peer gets. */
export const PATIENCE = {
  /** From the connection to `open`. */
  handshake: 10_000,
  /** From our `close` to its `close-ok`. */
  close: 3_000,
} as const;
