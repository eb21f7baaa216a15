import { compilePlan } from '../siddhi/compile-plan.ts';
import type { CompiledPlan } from '../siddhi/compiled-plan.ts';
import { PlanError } from '../siddhi/plan-error.ts';

/** What plan names are made of: tenant domain, level and policy. No separator of paths, and no dot in front. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,199}$/;

/** A plan that can be run and whose name can be that of a file: what `validateExecutionPlan` asks for. @throws PlanError */
export const checkedPlan = (text: string): CompiledPlan => {
  const plan = compilePlan(text);
  if (NAME.test(plan.name)) return plan;
  throw new PlanError(1, `${JSON.stringify(plan.name)} is no name for an execution plan`);
};
