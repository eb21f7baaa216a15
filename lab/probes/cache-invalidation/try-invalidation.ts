import { INVALIDATION_WAY, reachOf } from '../../product/invalidation.ts';
import type { Version } from '../../product/versions.ts';
import type { HopRecorder } from '../hops.ts';
import type { ApiAnswer } from '../journey/call-api.ts';
import type { Undo } from '../undo.ts';
import { judge, judgeUncached } from './judge.ts';
import type { Stage } from './stage.ts';
import { makeSubject } from './subject.ts';
import type { Trial } from './trial.ts';
import { warmUp } from './warm-up.ts';
import { watchGateways } from './watch-gateways.ts';

/** Makes every gateway know a token, changes something, and sees when each gateway has learnt of it. */
export const tryInvalidation = async (
  stage: Stage,
  trial: Trial,
  version: Version,
  recorder: HopRecorder,
  undo: Undo,
): Promise<void> => {
  const { gateways, session } = stage;
  const notTried = (because: string): void => {
    for (const { to } of gateways) recorder.notTried({ name: trial.name, from: 'probe', to }, because);
  };
  const subject = await recorder.hop({
    name: `prepare: ${trial.name}`,
    from: 'probe',
    to: session.portal.node,
    work: async () => {
      const value = await makeSubject(stage, trial, undo);
      await warmUp(stage, value);
      return { value, detail: 'every gateway has accepted the token' };
    },
  });
  if (!subject) return notTried('no token that every gateway knows');
  const by = await recorder.hop({
    name: `change: ${trial.name}`,
    from: 'probe',
    to: 'lab',
    work: async () => {
      const value = await trial.act(stage, subject);
      const way = INVALIDATION_WAY[trial.invalidation][version];
      const told = way === undefined ? 'no gateway is told' : `told by ${way}`;
      return { value, detail: `acknowledged by ${value}; ${told}` };
    },
  });
  if (by === undefined) return notTried('the change was not made');
  const reach = reachOf(trial.invalidation, version);
  const watch = trial.opens
    ? { shown: '', hasLearnt: ({ status }: ApiAnswer) => status === 200 }
    : { shown: subject.shown, hasLearnt: ({ status }: ApiAnswer) => status === 401 || status === 403 };
  const spared = trial.spares ? stage.uncached : new Set<string>();
  const nobodyLearns = gateways.every(({ to }) => spared.has(to));
  const watches = watchGateways(stage, watch, nobodyLearns ? 'no gateway' : reach);
  const anyLearnt = Promise.allSettled(watches.map(({ watched }) => watched)).then((all) =>
    all.some((each) => each.status === 'fulfilled' && each.value.learntAfter !== undefined),
  );
  const hops = watches.map(({ to, watched }) =>
    recorder.hop({
      name: trial.name,
      from: by,
      to,
      work: async () => {
        const seen = await watched;
        if (trial.invalidation === 'refresh token revoked' && seen.learntAfter !== undefined) stage.uncached.add(to);
        const outlives = spared.has(to) && seen.learntAfter === undefined;
        return outlives ? judgeUncached(seen) : judge(seen, reach, await anyLearnt);
      },
    }),
  );
  await Promise.all(hops);
};
