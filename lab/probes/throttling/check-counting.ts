import { type HopRecorder, Mismatch } from '../hops.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import type { HeardDecision } from './decision-log.ts';
import type { TrafficManagers } from './reach-traffic-managers.ts';
import { QUOTA } from './set-up-apis.ts';
import type { Spent } from './spend-quota.ts';

export type CountingCheck = {
  readonly recorder: HopRecorder;
  readonly managers: TrafficManagers;
  /** Where the quota was spent. */
  readonly gateway: GatewayRoute;
  readonly spent: Spent | undefined;
  /** The first decision on it, if one was heard. */
  readonly first: HeardDecision | undefined;
  readonly patience?: Patience;
};

/** Milliseconds within which decisions must be told. */
type Patience = {
  /** A second Traffic Manager's, after the first one's. */
  readonly second: number;
  /** Those on the last calls. */
  readonly last: number;
};

const PATIENCE: Patience = { second: 1_000, last: 3_000 };

/** Milliseconds that a call may be counted before or after its answer. */
const MARGIN = 500;

/** Which Traffic Manager has counted what a gateway let pass, and whether all of it. */
export const checkCounting = async (check: CountingCheck): Promise<void> => {
  const { recorder, managers, gateway, spent } = check;
  const from = gateway.to;
  for (const to of managers.nodes) {
    const hop = { name: 'count events', from, to };
    if (!spent) recorder.notTried(hop, `no quota was spent at ${from}`);
    else if (!managers.heard.includes(to) && !managers.unreachable.has(to))
      recorder.notTried(hop, `${to} is not heard`);
    else await recorder.hop({ ...hop, work: () => counted(to, spent, check) });
  }
};

const counted = async (
  to: string,
  spent: Spent,
  { managers: { decisions, unreachable }, gateway: { to: from }, first, patience = PATIENCE }: CountingCheck,
): Promise<{ value: undefined; detail: string; ms?: number }> => {
  const lost = `${from} -> ${to} on 9611: no event counted`;
  const why = unreachable.get(to);
  if (why !== undefined) throw new Mismatch(`${lost}: ${why}`);
  if (!first) throw new Mismatch(`${lost}: no decision within the time of ${spent.accepted} calls`);
  const by = (teller: string) => (each: HeardDecision) =>
    each.isThrottled && each.node === teller && each.throttleKey === first.throttleKey;
  const own = await decisions.first(by(to), AbortSignal.timeout(patience.second));
  // One url group with several receivers sends each event to one of them, a group for each sends it to all (wire.md 5.2).
  if (!own) {
    const elsewhere = decisions.all(by(first.node)).length >= decisionsOn(spent);
    const detail = elsewhere
      ? `counts nothing of ${from}: ${first.node} counts all of it`
      : `counts fewer than ${QUOTA.calls} calls`;
    return { value: undefined, detail };
  }
  if (isOfOneWindow(spent, own)) {
    const told = await decisions.several(decisionsOn(spent), by(to), AbortSignal.timeout(patience.last));
    const calls = told.length + QUOTA.calls - 1;
    if (calls < spent.accepted)
      throw new Mismatch(
        `counts ${calls} of ${spent.accepted} calls at ${from}: the rest goes elsewhere, and the quota holds for each alone`,
      );
  }
  const ms = Math.max(own.at - spent.spentAt, 0);
  const end = new Date(own.expiryTimeStamp).toISOString();
  return {
    value: undefined,
    detail: `decides ${ms} ms after call ${QUOTA.calls}: ${own.throttleKey} until ${end}`,
    ms,
  };
};

/** Every event from the last of the quota on makes a decision, also those that slip through after it (wire.md 5.5). */
const decisionsOn = ({ accepted }: Spent): number => Math.max(accepted - QUOTA.calls + 1, 1);

/** Only what came well within the window of the decision is counted in it for sure. */
const isOfOneWindow = ({ beganAt, endedAt }: Spent, { expiryTimeStamp: end }: HeardDecision): boolean =>
  beganAt - MARGIN >= end - QUOTA.window && endedAt + MARGIN <= end;
