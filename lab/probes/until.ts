import { setTimeout as delay } from 'node:timers/promises';
import { Mismatch } from './hops.ts';
import { NoAnswer } from './http-client.ts';

export type Patience = {
  /** Milliseconds after which what was seen last counts. */
  readonly limit: number;
  /** Milliseconds between two looks; doubled after each, up to ten times as long. */
  readonly interval: number;
};

/**
 * Looks until `isDone` holds: for what a node does in its own time and tells nobody about.
 * @throws Mismatch saying what was expected and what was seen last; NoAnswer when nothing answered at all
 */
export const until = async <T>(
  expected: string,
  { limit, interval }: Patience,
  look: () => Promise<T>,
  isDone: (seen: T) => boolean,
  describe: (seen: T) => string = String,
): Promise<T> => {
  const began = performance.now();
  for (let wait = interval; ; wait = Math.min(wait * 2, interval * 10)) {
    const seen = await attempt(look);
    if ('value' in seen && isDone(seen.value)) return seen.value;
    if (performance.now() - began + wait > limit) {
      if ('failure' in seen) throw seen.failure;
      throw new Mismatch(`expected ${expected} within ${limit} ms, got ${describe(seen.value)}`);
    }
    await delay(wait);
  }
};

/** No answer is something to wait through; anything else is not. */
const attempt = async <T>(look: () => Promise<T>): Promise<{ readonly value: T } | { readonly failure: NoAnswer }> => {
  try {
    return { value: await look() };
  } catch (failure) {
    if (failure instanceof NoAnswer) return { failure };
    throw failure;
  }
};
