import { randomBytes } from 'node:crypto';
import { expectThat, type HopRecorder, Mismatch } from '../hops.ts';
import type { ProbeContext } from '../probes.ts';
import type { Undo } from '../undo.ts';
import { until } from '../until.ts';
import { type EventProcessor, eventProcessor } from './event-processor.ts';
import { ONE_SCAN } from './patience.ts';
import type { TrafficManager } from './traffic-managers.ts';

/** An application policy that every version ships, and the name of its plan (wire.md 5.4). */
const SHIPPED = { policy: '10PerMin', plan: 'carbon.super_app_10PerMin' } as const;

/**
 * Deploys an execution plan to the first Traffic Manager, as a Publisher does, and waits until it runs on each of them; then
 * the same for its removal. The plan is a copy of a shipped one for a policy that no application has, so it counts nothing.
 */
export const sharePlan = async (
  { status, http, undisturbed }: ProbeContext,
  recorder: HopRecorder,
  undo: Undo,
  managers: readonly TrafficManager[],
): Promise<void> => {
  const [first] = managers;
  if (!first) return;
  const skip = (name: string, because: string) => {
    for (const { node } of managers) recorder.notTried({ name, from: 'probe', to: node }, because);
  };
  const policy = `apim_lab_sync_${randomBytes(4).toString('hex')}`;
  const plan = SHIPPED.plan.replace(SHIPPED.policy, policy);
  const target = eventProcessor(undisturbed, first, status.credentials);
  let deployed = false;

  const done = await recorder.hop({
    name: 'deploy plan',
    from: 'probe',
    to: first.node,
    work: async () => {
      const shipped = await target.active(SHIPPED.plan);
      if (shipped === undefined) throw new Mismatch(`expected the plan ${SHIPPED.plan}, got none of that name`);
      undo.later(`plan ${plan}`, first.node, () => removeIfThere(target, plan, deployed));
      deployed = true;
      await target.deploy(shipped.replaceAll(SHIPPED.policy, policy));
      return { value: true, detail: plan };
    },
  });
  if (!done) return skip('run plan', 'no plan is deployed');

  const each = (name: string, runs: boolean, detail: string) =>
    managers.map((manager) =>
      recorder.hop({
        name,
        from: first.node,
        to: manager.node,
        work: async () => {
          const processor = eventProcessor(http, manager, status.credentials);
          const look = () => processor.active(plan);
          const describe = (text: string | undefined) => (text === undefined ? 'no such plan' : 'it still runs');
          const expected = runs ? `plan ${plan} to run` : `plan ${plan} to be gone`;
          const text = await until(expected, ONE_SCAN, look, (found) => (found !== undefined) === runs, describe);
          if (text !== undefined) expectThat(text.includes(policy), `a plan for ${policy}`, 'another text');
          return { value: undefined, detail };
        },
      }),
    );
  await Promise.all(each('run plan', true, `runs ${plan}`));
  const removed = await recorder.hop({
    name: 'undeploy plan',
    from: 'probe',
    to: first.node,
    work: async () => {
      await target.undeploy(plan);
      deployed = false;
      return { value: true, detail: plan };
    },
  });
  if (!removed) return skip('stop plan', 'the plan is not undeployed');
  await Promise.all(each('stop plan', false, 'runs it no more'));
};

/** A request without an answer may have been fulfilled. */
const removeIfThere = async (target: EventProcessor, plan: string, deployed: boolean): Promise<void> => {
  if (deployed && (await target.active(plan)) !== undefined) await target.undeploy(plan);
};
