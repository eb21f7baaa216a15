import { setTimeout as delay } from 'node:timers/promises';
import { Mismatch } from '../hops.ts';
import { type ApiAnswer, inWords } from '../journey/call-api.ts';

export type Spending = {
  /** Calls until the quota is spent. */
  readonly quota: number;
  /** Milliseconds after that within which a refusal must come. */
  readonly limit: number;
};

export type Spent = {
  readonly accepted: number;
  /** When the first and the last of them were answered, epoch milliseconds. */
  readonly beganAt: number;
  readonly endedAt: number;
  /** When the last call of the quota was answered, epoch milliseconds. */
  readonly spentAt: number;
  /** The first refusal; undefined when none came in time. */
  readonly refused: ApiAnswer | undefined;
};

/** Milliseconds between calls beyond the quota. */
const INTERVAL = 10;

/** Milliseconds that a gateway may take to know a new token and its subscription. */
const WARM_UP = 10_000;

/** Calls until it is refused for its quota, as a client in a loop would. @throws Mismatch for any other answer; NoAnswer */
export const spendQuota = async (call: () => Promise<ApiAnswer>, { quota, limit }: Spending): Promise<Spent> => {
  const began = Date.now();
  let accepted = 0;
  let [beganAt, spentAt, endedAt] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (;;) {
    const answer = await call();
    if (answer.status === 429) return { accepted, beganAt, spentAt, endedAt, refused: answer };
    if (answer.status === 200) {
      accepted += 1;
      endedAt = answer.at;
      if (accepted === 1) beganAt = answer.at;
      if (accepted === quota) spentAt = answer.at;
    } else if (accepted > 0 || Date.now() - began > WARM_UP) {
      throw new Mismatch(`expected 200 or 429, got ${inWords(answer)}`);
    }
    if (answer.at - spentAt > limit) return { accepted, beganAt, spentAt, endedAt, refused: undefined };
    if (accepted === 0 || accepted >= quota) await delay(INTERVAL);
  }
};
