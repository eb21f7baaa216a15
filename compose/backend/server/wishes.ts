import { Refusal } from './exchange.ts';

/** How a caller wants to be answered, whatever it asks for. */
export type Wishes = {
  /** `?delay=`: milliseconds before anything is answered. */
  readonly delay: number;
  /** `?status=`: status of the answer. */
  readonly status: number | undefined;
  /** `?close=true`: no answer, the connection is cut. */
  readonly close: boolean;
};

/** Longer than the longest time-out of a gateway's endpoint that anybody would test. */
const LONGEST_DELAY = 300_000;

/** Reads the wishes of a request. @throws Refusal with 400 for one that nobody can fulfil */
export const readWishes = (query: URLSearchParams): Wishes => ({
  delay: wholeNumber(query, 'delay', { least: 0, most: LONGEST_DELAY, preset: 0 }),
  status: query.has('status') ? wholeNumber(query, 'status', { least: 200, most: 599, preset: 200 }) : undefined,
  close: query.get('close') === 'true',
});

type Bounds = { readonly least: number; readonly most: number; readonly preset: number };

/** A number of the query, the preset when it is not there. @throws Refusal with 400 */
export const wholeNumber = (query: URLSearchParams, name: string, { least, most, preset }: Bounds): number => {
  const text = query.get(name);
  if (text === null) return preset;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Refusal(400, `${name} must be a whole number from ${least} to ${most}`);
};
