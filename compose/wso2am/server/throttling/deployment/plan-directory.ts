import type { Log } from '../../carbon/log.ts';
import type { Engine } from '../create-engine.ts';
import { PlanError } from '../siddhi/plan-error.ts';
import type { Timers } from '../timers.ts';
import { checkedPlan } from './checked-plan.ts';
import { createDeployedPlans } from './deployed-plans.ts';
import { inTurn } from './in-turn.ts';
import { fileOfPlan, planFilesIn, readPlanFile, removePlanFile, writePlanFile } from './plan-files.ts';

/** How often Carbon looks for changed artefacts, milliseconds (15 s, carbon.xml of all 3.x versions). */
const SCAN_PERIOD = 15_000;

export type PlanDirectoryOptions = {
  /** `repository/deployment/server/executionplans`; may be shared with other Traffic Managers (configuration.md 10). */
  readonly directory: string;
  readonly engine: Engine;
  readonly timers: Timers;
  readonly log: Log;
};

/** Execution plans as files: what is in the directory runs in the engine. */
export type PlanDirectory = {
  /** Writes and runs a new plan. @throws PlanError when it is not understood or its name is taken */
  deploy(text: string): Promise<void>;
  /** Replaces the running plan of this name. @throws PlanError when there is none */
  edit(text: string, name: string): Promise<void>;
  /** Removes a plan and its file. @throws PlanError when there is none */
  undeploy(name: string): Promise<void>;
  /** The text of a running plan. */
  active(name: string): string | undefined;
  /** Looks at the files now: what other nodes have written, changed or removed. */
  scan(): Promise<void>;
  /** Stops looking. */
  close(): void;
};

/** Runs the plans in a directory, and looks for changes every 15 s from then on. Rejects when it cannot be read. */
export const planDirectory = async ({
  directory,
  engine,
  timers,
  log,
}: PlanDirectoryOptions): Promise<PlanDirectory> => {
  const deployed = createDeployedPlans(engine, log);
  const takeTurn = inTurn();
  let closed = false;
  let stopTimer = (): void => undefined;

  const scan = (): Promise<void> =>
    takeTurn(async () => {
      const files = await planFilesIn(directory);
      deployed.keepOnly(files);
      for (const file of files) {
        const text = await readPlanFile(directory, file);
        if (text !== undefined) deployed.load(file, text);
      }
    });

  const scanAgain = async (): Promise<void> => {
    try {
      await scan();
    } catch (cause) {
      log.error(`Cannot read the execution plans in ${directory}`, cause);
    }
    if (!closed) stopTimer = timers.at(timers.now() + SCAN_PERIOD, () => void scanAgain());
  };

  const write = async (file: string, text: string): Promise<void> => {
    await writePlanFile(directory, file, text);
    deployed.load(file, text);
  };

  await scan();
  stopTimer = timers.at(timers.now() + SCAN_PERIOD, () => void scanAgain());

  return {
    deploy: (text) =>
      takeTurn(async () => {
        const name = checkedPlan(text).name;
        if (deployed.find(name)) throw new PlanError(1, `execution plan ${name} is already there`);
        await write(fileOfPlan(name), text);
      }),
    edit: (text, name) =>
      takeTurn(async () => {
        const { file } = deployed.named(name);
        const plan = checkedPlan(text);
        if (plan.name !== name) throw new PlanError(1, `the plan is called ${plan.name}, not ${name}`);
        await write(file, text);
      }),
    undeploy: (name) =>
      takeTurn(async () => {
        const { file } = deployed.named(name);
        await removePlanFile(directory, file);
        deployed.remove(file);
      }),
    active: (name) => deployed.find(name)?.text,
    scan,
    close: () => {
      closed = true;
      stopTimer();
    },
  };
};
