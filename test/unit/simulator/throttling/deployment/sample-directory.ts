import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine } from '../../../../../compose/wso2am/server/throttling/create-engine.ts';
import { planDirectory } from '../../../../../compose/wso2am/server/throttling/deployment/plan-directory.ts';
import { plansOfPolicy } from '../../../../../compose/wso2am/server/throttling/plans/plans-of-policy.ts';
import { requests, subscriptionPolicy } from '../engine-under-test.ts';
import { manualTimers } from '../manual-timers.ts';

/** A directory that is gone after the test. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'executionplans-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

/** A node that runs the plans of a directory. */
export const openDirectory = async (directory: string) => {
  const timers = manualTimers();
  const engine = createEngine({ timers, onDecision: () => undefined });
  const errors: string[] = [];
  const quiet = (): void => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: (text: string) => void errors.push(text), fatal: quiet };
  const plans = await planDirectory({ directory, engine, timers, log });
  return { plans, engine, timers, errors };
};

/** The plan of a subscription policy. */
export const planText = (name: string, count = 10): string =>
  plansOfPolicy(subscriptionPolicy(name, requests(count)))[0]?.text ?? '';
