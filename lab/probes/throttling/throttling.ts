import { setTimeout as delay } from 'node:timers/promises';
import { expectThat, type HopRecorder } from '../hops.ts';
import { deployedGateways } from '../journey/deployed-gateways.ts';
import type { ProbeContext } from '../probes.ts';
import { Undo } from '../undo.ts';
import { checkGateway, type Enforced } from './check-gateway.ts';
import { checkRelease } from './check-release.ts';
import { reachTrafficManagers } from './reach-traffic-managers.ts';
import { QUOTA, setUpApis } from './set-up-apis.ts';

/** Milliseconds that must be left of a window for a quota to be spent in it. */
const LEAST_WINDOW = 2_000;

/**
 * Proves that quotas are enforced (wire.md 5): each gateway's events are counted by a Traffic Manager, which decides, and tells
 * every gateway, which refuses until the window ends. On failure it names the hop that is missing, as far as the
 * product's interfaces let it be seen.
 */
export const throttling = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const undo = new Undo();
  const done = new AbortController();
  try {
    const signal = AbortSignal.any([done.signal, context.interrupted]);
    const managers = await reachTrafficManagers(context, recorder, signal);
    const stage = await setUpApis(context, recorder, undo);
    if (!stage) return recorder.notTried({ name: 'quota', from: 'probe', to: 'gateways' }, 'there is no API to call');
    const gateways = stage.spenders.map(({ gateway }) => gateway);
    const deployed = await deployedGateways(context.http, recorder, gateways, stage.path);
    const spenders = stage.spenders.filter(({ gateway }) => deployed.includes(gateway));
    const enforced: Enforced[] = [];
    for (const spender of spenders) {
      if (context.interrupted.aborted) return;
      await freshWindow(recorder, context.interrupted);
      const known = enforced.flatMap(({ decision }) => decision?.throttleKey ?? []);
      enforced.push(await checkGateway({ context, recorder, managers, stage, spenders, spender, known }));
    }
    await checkRelease({ context, recorder, managers, stage, enforced });
  } finally {
    await undo.all(recorder);
    done.abort();
  }
};

/** Windows are aligned to the clock (wire.md 5.5): a quota that is spent across the end of one would not be exceeded. */
const freshWindow = async (recorder: HopRecorder, interrupted: AbortSignal): Promise<void> => {
  const left = QUOTA.window - (Date.now() % QUOTA.window);
  if (left >= LEAST_WINDOW) return;
  await recorder.hop({
    name: 'wait for a window',
    from: 'probe',
    to: 'clock',
    work: async () => {
      await delay(left, undefined, { signal: interrupted }).catch(() => undefined);
      expectThat(!interrupted.aborted, 'a new window', 'an interrupt');
      return { value: undefined, detail: `${left} ms were left of the minute, too few to spend a quota in` };
    },
  });
};
