import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import { callApi, inWords } from '../journey/call-api.ts';
import type { ProbeContext } from '../probes.ts';
import { until } from '../until.ts';
import type { Enforced } from './check-gateway.ts';
import type { HeardDecision } from './decision-log.ts';
import type { TrafficManagers } from './reach-traffic-managers.ts';
import type { Stage } from './set-up-apis.ts';

export type ReleaseCheck = {
  readonly context: ProbeContext;
  readonly recorder: HopRecorder;
  readonly managers: TrafficManagers;
  readonly stage: Stage;
  readonly enforced: readonly Enforced[];
};

/** Milliseconds after the end of a window within which it must be over everywhere. */
const PATIENCE = 3_000;

/**
 * That quotas are new when their window is over: by waiting for it, where that is soon; else by what each gateway has
 * announced, for it keeps a decision until its time is over and no longer (wire.md 5.6).
 */
export const checkRelease = async (check: ReleaseCheck): Promise<void> => {
  for (const { decision, refusals, spender } of check.enforced) {
    if (!decision || refusals.length === 0) {
      const hop = { name: 'release', from: 'traffic manager', to: spender.gateway.to };
      check.recorder.notTried(hop, 'no decision was heard and obeyed');
      continue;
    }
    const left = decision.expiryTimeStamp - Date.now();
    if (left > check.context.patience) await announced(check, decision, refusals, left);
    else await awaited(check, decision, { spender, refusals }, left);
  }
};

const announced = async (
  { recorder }: ReleaseCheck,
  { node, expiryTimeStamp }: HeardDecision,
  refusals: Enforced['refusals'],
  left: number,
): Promise<void> => {
  const end = new Date(expiryTimeStamp).toISOString();
  for (const { gateway, answer } of refusals) {
    await recorder.hop({
      name: 'announce release',
      from: node,
      to: gateway.to,
      work: async () => {
        // The header has whole seconds.
        const said = answer.retryAt === undefined ? 'none' : new Date(answer.retryAt).toISOString();
        expectThat(Math.abs((answer.retryAt ?? 0) - expiryTimeStamp) < 1_000, `Retry-After ${end}`, said);
        const seconds = Math.ceil(left / 1000);
        return { value: undefined, detail: `says ${end}, as the decision does; ${seconds} s are not waited for` };
      },
    });
  }
};

const awaited = async (
  { context, recorder, managers, stage }: ReleaseCheck,
  { throttleKey, expiryTimeStamp }: HeardDecision,
  { spender, refusals }: Pick<Enforced, 'spender' | 'refusals'>,
  left: number,
): Promise<void> => {
  const limit = AbortSignal.any([AbortSignal.timeout(Math.max(left, 0) + PATIENCE), context.interrupted]);
  for (const node of managers.heard) {
    if (managers.decisions.all((each) => each.node === node && each.throttleKey === throttleKey).length === 0) continue;
    await recorder.hop({
      name: 'release',
      from: node,
      to: 'gateways',
      work: async () => {
        const fits = (each: HeardDecision) =>
          each.node === node && each.throttleKey === throttleKey && !each.isThrottled;
        const released = await managers.decisions.first(fits, limit);
        if (!released)
          throw new Mismatch(`no decision releases ${throttleKey} within ${PATIENCE} ms of its window's end`);
        const ms = released.at - expiryTimeStamp;
        return { value: undefined, detail: `${throttleKey} is released ${ms} ms after the end of its window`, ms };
      },
    });
  }
  for (const { gateway } of refusals) {
    await recorder.hop({
      name: 'accept again',
      from: 'probe',
      to: gateway.to,
      work: async () => {
        const look = () => callApi(context.http, gateway, stage.path, spender.token);
        await until('200', { limit: PATIENCE, interval: 20 }, look, ({ status }) => status === 200, inWords);
        const ms = Math.max(Date.now() - expiryTimeStamp, 0);
        return { value: undefined, detail: `accepts calls ${ms} ms after the end of the window`, ms };
      },
    });
  }
};
