/** Bytes of one frame's body. A batch of 200 events with headers and claims in each is below one MiB. */
export const FRAME_LIMIT = 8 * 1024 * 1024;

/** Bytes of unfinished frames on all connections together; beyond, the connection that holds most is closed. */
export const MEMORY_LIMIT = 64 * 1024 * 1024;

/** Milliseconds a frame may take from its first byte to its last: the socket time-out of the product's agent (wire.md 5.2). */
export const FRAME_TIME = 30_000;

/** Milliseconds a connection may be silent between requests: no session outlives it (wire.md 5.1). */
export const IDLE_TIME = 30 * 60_000;

/** Milliseconds for the TLS handshake. */
export const HANDSHAKE_TIME = 30_000;

/** Connections of one port: ten workers and a queue of 2000 in the product (wire.md 5.1). */
export const CONNECTION_LIMIT = 2010;
