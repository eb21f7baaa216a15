import { expect } from 'vitest';

/** Expects of a value what it will become soon; the limit only ends a test that has failed. */
export const eventually = <T>(read: () => T) => expect.poll(read, { interval: 10, timeout: 4_000 });
