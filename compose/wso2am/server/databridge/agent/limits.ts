/** Defaults of the data agent (wire.md 5.2). Events that a group keeps while nobody takes them. */
export const QUEUE_SIZE = 32_768;

/** Events of one publish request (wire.md 5.2). */
export const BATCH_SIZE = 200;

/**
 * Milliseconds that a batch waits for more under load, where an event costs a Traffic Manager a third less by it. A caller alone, who waits for each answer, publishes one event at a time: none
 * waits then, and the quota ends where it would without.
 */
export const GATHERING_TIME = 3;

/** Milliseconds (wire.md 5.2). */
export const RECONNECTION_INTERVAL = 30_000;

/**
 * Bytes of the events of one publish request, and of a single event. The product knows no such limit; a receiver that bounds
 * its frames would refuse a larger one for ever.
 */
export const BATCH_BYTES = 1024 * 1024;

/** Milliseconds between two lines about dropped events (carbon-analytics-common, DataPublisher). */
export const DROP_LOG_INTERVAL = 10_000;
