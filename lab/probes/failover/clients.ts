import { setTimeout as delay } from 'node:timers/promises';
import { NoAnswer } from '../http-client.ts';

/** One call of a client, in the order of sending; times in milliseconds since the epoch. */
export type Call = {
  readonly sentAt: number;
  /** What came: a status, or why nothing did; undefined while nothing has. */
  outcome: string | undefined;
  answeredAt: number;
};

/** Clients that call at a steady pace, whether or not they are answered. */
export type Clients = {
  readonly calls: readonly Call[];
  /** Resolves when the last call is answered. */
  stop(): Promise<void>;
};

/** Milliseconds between two calls. */
const PACE = 100;

/** The outcome that clients want. */
export const SERVED = '200';

/** Calls again and again, without waiting for answers: as many clients do. `ask` yields the status of an answer. */
export const startClients = (ask: () => Promise<{ readonly status: number }>): Clients => {
  const calls: Call[] = [];
  const open = new Set<Promise<void>>();
  const over = new AbortController();
  const send = async (): Promise<void> => {
    const call: Call = { sentAt: Date.now(), outcome: undefined, answeredAt: Number.POSITIVE_INFINITY };
    calls.push(call);
    call.outcome = await ask().then(({ status }) => String(status), reasonOf);
    call.answeredAt = Date.now();
  };
  const pace = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const sent = send().finally(() => open.delete(sent));
      open.add(sent);
      await delay(PACE, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const paced = pace();
  return {
    calls,
    stop: async () => {
      over.abort();
      await paced;
      await Promise.all(open);
    },
  };
};

const reasonOf = (error: unknown): string => {
  if (error instanceof NoAnswer) return error.timedOut ? 'no answer in time' : 'no connection';
  return String(error);
};
