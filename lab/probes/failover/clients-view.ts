import { type Call, SERVED } from './clients.ts';

/** What clients saw from a moment on. */
export type ClientsView = {
  readonly calls: number;
  /** How many were answered otherwise, by what came. */
  readonly failed: ReadonlyMap<string, number>;
  /** How many took longer than a client likes to wait. */
  readonly slow: number;
  /** Of the answered ones, milliseconds. */
  readonly slowest: number;
  /** Milliseconds from that moment until calls were served at once again; undefined while they are not. */
  readonly servedAfter: number | undefined;
};

/** Milliseconds beyond which a call counts as slow; an undisturbed one takes a few. */
const SLOW = 1_000;

/** Calls in a row that must be served at once before the disturbance counts as over. */
const STEADY = 5;

/** Two moments of a disturbance, epoch milliseconds: when it may have begun, and since when it is certain. */
export type Disturbance = { readonly began: number; readonly certain: number };

/** Looks at what was sent since a disturbance may have begun, and is or is not over now, epoch milliseconds. Pure. */
export const viewSince = (calls: readonly Call[], { began, certain }: Disturbance, now: number): ClientsView => {
  const seen = calls.filter(({ sentAt }) => sentAt >= began);
  const timeOf = ({ sentAt, answeredAt }: Call): number => Math.min(answeredAt, now) - sentAt;
  const isServed = (call: Call): boolean => call.outcome === SERVED && timeOf(call) <= SLOW;
  const answered = seen.filter(({ outcome }) => outcome !== undefined);
  const failed = new Map<string, number>();
  for (const { outcome = SERVED } of answered) {
    if (outcome !== SERVED) failed.set(outcome, (failed.get(outcome) ?? 0) + 1);
  }
  // A call that waits may become a failure: what was sent after it proves nothing yet.
  const waiting = seen.findIndex(({ outcome }) => outcome === undefined);
  const latest = (waiting < 0 ? seen : seen.slice(0, waiting)).slice(-STEADY);
  const steady = latest.length === STEADY && latest.every((call) => isServed(call) && call.sentAt >= certain);
  const disturbed = answered.filter((call) => !isServed(call)).map(({ answeredAt }) => answeredAt - began);
  return {
    calls: answered.length,
    failed,
    slow: answered.filter((call) => timeOf(call) > SLOW).length,
    slowest: Math.max(0, ...answered.map(timeOf)),
    servedAfter: steady ? Math.max(0, ...disturbed) : undefined,
  };
};

/** A view in words. */
export const viewInWords = ({ calls, failed, slow, slowest, servedAfter }: ClientsView): string => {
  const failures = [...failed].map(([outcome, count]) => `${count} x ${outcome}`).join(', ');
  const trouble = [
    ...(failures === '' ? ['none failed'] : [`failed: ${failures}`]),
    ...(slow > 0 ? [`${slow} took longer than ${SLOW} ms, the slowest ${slowest} ms`] : []),
  ].join(', ');
  const end = servedAfter === undefined ? 'disturbed to the end' : `served at once after ${servedAfter} ms`;
  return `${calls} calls, ${trouble}; ${end}`;
};
