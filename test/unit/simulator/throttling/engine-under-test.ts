import { createEngine, type Engine } from '../../../../compose/wso2am/server/throttling/create-engine.ts';
import type { Decision } from '../../../../compose/wso2am/server/throttling/decision.ts';
import { preProcessorPlan } from '../../../../compose/wso2am/server/throttling/plans/plan-text.ts';
import { plansOfPolicy } from '../../../../compose/wso2am/server/throttling/plans/plans-of-policy.ts';
import type { Policy, Quota } from '../../../../compose/wso2am/server/throttling/plans/policy.ts';
import { compilePlan } from '../../../../compose/wso2am/server/throttling/siddhi/compile-plan.ts';
import { type ManualTimers, manualTimers } from './manual-timers.ts';

export type EngineUnderTest = {
  readonly engine: Engine;
  readonly timers: ManualTimers;
  /** All decisions so far. */
  readonly decisions: readonly Decision[];
};

/** An engine that runs the plans of these policies. */
export const engineWith = (policies: readonly Policy[], timers = manualTimers(0)): EngineUnderTest => {
  const decisions: Decision[] = [];
  const engine = createEngine({ timers, onDecision: (decision) => decisions.push(decision) });
  engine.deploy(compilePlan(preProcessorPlan('pre')));
  for (const { text } of policies.flatMap(plansOfPolicy)) engine.deploy(compilePlan(text));
  return { engine, timers, decisions };
};

export const requests = (requestCount: number, timeUnit: Quota['timeUnit'] = 'min', unitTime = 1): Quota => ({
  type: 'requestCount',
  requestCount,
  unitTime,
  timeUnit,
});

export const subscriptionPolicy = (name: string, quota: Quota): Policy => ({
  level: 'sub',
  tenant: 'carbon.super',
  name,
  quota,
});
