import { setTimeout as delay } from 'node:timers/promises';
import { Mismatch } from '../hops.ts';
import { NoAnswer } from '../http-client.ts';
import { type ApiAnswer, inWords } from '../journey/call-api.ts';
import { QUOTA } from './set-up-apis.ts';

/** Milliseconds after a decision within which every gateway must refuse. */
export const PATIENCE = 5_000;

/** Milliseconds to the first look, where there may be many and where there may be few. */
const FIRST = { many: 5, few: 25 } as const;

/** However many gateways there are: at once, soon, and in the end. */
const FEWEST = 3;

/**
 * When to call each of so many gateways, milliseconds after a decision. What is still accepted is counted as well: all together
 * must stay below the quota, lest a Traffic Manager decides on these calls alone and a gateway seems to have heard of the others.
 */
export const lookTimes = (gateways: number, patience = PATIENCE): readonly number[] => {
  const looks = Math.max(Math.floor((QUOTA.calls - 1) / gateways), FEWEST);
  const first = looks > FEWEST ? FIRST.many : FIRST.few;
  return Array.from({ length: looks }, (_, look) => first * (patience / first) ** (look / (looks - 1)));
};

/**
 * The first refusal at one of so many gateways that have to learn a decision.
 * @throws Mismatch when there is none in time; NoAnswer
 */
export const awaitRefusal = async (
  look: () => Promise<ApiAnswer>,
  gateways: number,
  patience = PATIENCE,
): Promise<ApiAnswer> => {
  const began = Date.now();
  let seen: ApiAnswer | NoAnswer | undefined;
  for (const time of lookTimes(gateways, patience)) {
    await delay(began + time - Date.now());
    seen = await look().catch(unanswered);
    if ('status' in seen && seen.status === 429) return seen;
  }
  if (seen instanceof NoAnswer) throw seen;
  throw new Mismatch(`expected 429 within ${patience} ms, got ${seen ? inWords(seen) : 'nothing'}`);
};

const unanswered = (cause: unknown): NoAnswer => {
  if (cause instanceof NoAnswer) return cause;
  throw cause;
};
