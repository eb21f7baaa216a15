import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import { type ApiAnswer, callApi, inWords } from '../journey/call-api.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import type { ProbeContext } from '../probes.ts';
import { awaitRefusal, PATIENCE } from './await-refusal.ts';
import { checkCounting } from './check-counting.ts';
import type { HeardDecision } from './decision-log.ts';
import type { TrafficManagers } from './reach-traffic-managers.ts';
import { QUOTA, type Spender, type Stage } from './set-up-apis.ts';
import { type Spent, spendQuota } from './spend-quota.ts';

export type GatewayCheck = {
  readonly context: ProbeContext;
  readonly recorder: HopRecorder;
  readonly managers: TrafficManagers;
  readonly stage: Stage;
  /** All whose gateways serve the API. */
  readonly spenders: readonly Spender[];
  /** The one whose quota is spent now. */
  readonly spender: Spender;
  /** Throttle keys of those before it. */
  readonly known: readonly string[];
};

/** What became of a spent quota. */
export type Enforced = {
  readonly spender: Spender;
  /** The first decision on it, if one was heard. */
  readonly decision: HeardDecision | undefined;
  /** First refusal at each gateway that refused. */
  readonly refusals: readonly { readonly gateway: GatewayRoute; readonly answer: ApiAnswer }[];
};

/** Milliseconds within which a decision must follow a refusal that was seen before it. */
const LATE_DECISION = 1_000;

/** Reason of a refusal over an application's quota (wire.md 3.3). */
const APPLICATION_THROTTLED = 900803;

/** Key of an application; its number is told by nobody else, so a new one while a new quota is spent must be its (wire.md 5.3). */
const APPLICATION_KEY = /^\d+:[^/]/;

/** Spends a quota at one gateway, and follows what becomes of it hop by hop to every gateway. */
export const checkGateway = async (check: GatewayCheck): Promise<Enforced> => {
  const { recorder, managers, spenders, spender, known } = check;
  const fits = ({ isThrottled, throttleKey }: HeardDecision): boolean =>
    isThrottled && APPLICATION_KEY.test(throttleKey) && !known.includes(throttleKey);
  const over = new AbortController();
  const outcome: { spent?: Spent } = {};
  const told = managers.decisions.first(fits, AbortSignal.any([over.signal, check.context.interrupted]));
  const others = spenders
    .filter((each) => each !== spender)
    .map(({ gateway }) => ({
      gateway,
      // Begins with the decision, so that the time until the first refusal is that of the way there.
      refusal: told.then((decision) => (decision || outcome.spent?.refused ? refusalAt(check, gateway) : undefined)),
    }));
  // A failure is looked at below, in its turn.
  for (const { refusal } of others) refusal.catch(() => undefined);

  await recorder.hop({
    name: 'quota',
    from: 'probe',
    to: spender.gateway.to,
    work: async () => {
      // Known to the hops below also when this one fails.
      outcome.spent = await spend(check);
      return { value: undefined, detail: spentInWords(outcome.spent) };
    },
  });
  const { spent } = outcome;
  const late = setTimeout(() => over.abort(), spent?.refused ? LATE_DECISION : 0);
  const decision = await told;
  clearTimeout(late);
  await checkCounting({ recorder, managers, gateway: spender.gateway, spent, first: decision });

  const own = { gateway: spender.gateway, refusal: Promise.resolve(spent?.refused) };
  const refusals: Enforced['refusals'][number][] = [];
  for (const { gateway, refusal } of [own, ...others]) {
    const hop = { name: 'learn decision', from: decision?.node ?? 'traffic manager', to: gateway.to };
    if (!decision && !spent?.refused) {
      recorder.notTried(hop, `nobody decided on the calls through ${spender.gateway.to}`);
      continue;
    }
    const answer = await recorder.hop({ ...hop, work: () => learnt(hop, refusal, decision) });
    if (answer) refusals.push({ gateway, answer });
  }
  return { spender, decision, refusals };
};

const spend = ({ context, stage, spender }: GatewayCheck): Promise<Spent> => {
  const call = () => callApi(context.http, spender.gateway, stage.path, spender.token);
  return spendQuota(call, { quota: QUOTA.calls, limit: PATIENCE });
};

/** @throws Mismatch when nothing was refused, or for another reason */
const spentInWords = ({ accepted, refused }: Spent): string => {
  const calls = `${Math.min(accepted, QUOTA.calls)} calls accepted, ${Math.max(accepted - QUOTA.calls, 0)} beyond the quota`;
  // Without a decision everything passes (wire.md 5.2).
  if (!refused) throw new Mismatch(`${calls}, none refused within ${PATIENCE} ms: throttling has failed open`);
  expectThat(refused.code === APPLICATION_THROTTLED, `429 ${APPLICATION_THROTTLED}`, inWords(refused));
  if (accepted < QUOTA.calls)
    throw new Mismatch(`refused after ${accepted} of ${QUOTA.calls} calls: some are counted more than once`);
  return `${calls}, then ${inWords(refused)}`;
};

/** First refusal of the spender's token at another gateway. */
const refusalAt = async (check: GatewayCheck, gateway: GatewayRoute): Promise<ApiAnswer> => {
  const { context, stage, spender, spenders } = check;
  return awaitRefusal(() => callApi(context.http, gateway, stage.path, spender.token), spenders.length - 1);
};

const learnt = async (
  { from, to }: { readonly from: string; readonly to: string },
  refusal: Promise<ApiAnswer | undefined>,
  decision: HeardDecision | undefined,
): Promise<{ value: ApiAnswer; detail: string; ms?: number }> => {
  const lost = `${from} -> ${to} on 5672: no subscription`;
  const value = await refusal.catch((error: unknown) => {
    if (error instanceof Mismatch) throw new Mismatch(`${lost}: ${error.message}`);
    throw error;
  });
  if (!value) throw new Mismatch(`${lost}: calls are still accepted ${PATIENCE} ms after the last one of the quota`);
  expectThat(value.code === APPLICATION_THROTTLED, `429 ${APPLICATION_THROTTLED}`, inWords(value));
  if (!decision) return { value, detail: `refuses with ${inWords(value)}, the decision was not heard` };
  // It may refuse before the probe itself has heard the decision.
  const ms = Math.max(value.at - decision.at, 0);
  return { value, detail: `refuses with ${inWords(value)} ${ms} ms after the decision was heard`, ms };
};
