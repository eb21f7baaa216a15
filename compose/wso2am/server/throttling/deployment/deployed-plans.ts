import type { Log } from '../../carbon/log.ts';
import type { Engine } from '../create-engine.ts';
import { PlanError } from '../siddhi/plan-error.ts';
import { checkedPlan } from './checked-plan.ts';

/** A running plan and where it came from. */
export type DeployedPlan = { readonly name: string; readonly file: string; readonly text: string };

/** Which file holds which running plan; a plan's file need not bear its name (wire.md 5.4). */
export type DeployedPlans = {
  find(name: string): DeployedPlan | undefined;
  /** @throws PlanError when there is none */
  named(name: string): DeployedPlan;
  /** Runs the plan of a file, unless that very text runs or has failed already. Failures go to the log. */
  load(file: string, text: string): void;
  remove(file: string): void;
  /** Removes the plans of all other files. */
  keepOnly(files: readonly string[]): void;
};

export const createDeployedPlans = (engine: Engine, log: Log): DeployedPlans => {
  /** Every file seen; without a plan when its text could not be run. */
  const files = new Map<string, { readonly text: string; readonly plan?: DeployedPlan }>();

  const find = (name: string): DeployedPlan | undefined =>
    [...files.values()].find(({ plan }) => plan?.name === name)?.plan;

  const remove = (file: string): void => {
    const plan = files.get(file)?.plan;
    files.delete(file);
    if (!plan) return;
    // A file that was kept out by this one's name may run now.
    for (const [each, { plan: kept }] of [...files]) if (!kept) files.delete(each);
    engine.undeploy(plan.name);
    log.info(`Execution plan is undeployed successfully : ${plan.name}`);
  };

  const run = (file: string, text: string): DeployedPlan | undefined => {
    try {
      const compiled = checkedPlan(text);
      const other = find(compiled.name);
      if (other) throw new PlanError(1, `execution plan ${compiled.name} is already there, from ${other.file}`);
      engine.deploy(compiled);
      log.info(`Execution plan is deployed successfully and in active state : ${compiled.name}`);
      return { name: compiled.name, file, text };
    } catch (cause) {
      if (!(cause instanceof PlanError)) throw cause;
      log.error(`Execution plan is not deployed and in inactive state : ${file}, ${cause.message}`);
      return undefined;
    }
  };

  return {
    find,
    named: (name) => {
      const plan = find(name);
      if (!plan) throw new PlanError(1, `there is no execution plan ${name}`);
      return plan;
    },
    load: (file, text) => {
      if (files.get(file)?.text === text) return;
      remove(file);
      const plan = run(file, text);
      files.set(file, { text, ...(plan && { plan }) });
    },
    remove,
    keepOnly: (kept) => {
      for (const file of [...files.keys()]) if (!kept.includes(file)) remove(file);
    },
  };
};
