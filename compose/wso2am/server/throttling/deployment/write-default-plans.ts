import { mkdir } from 'node:fs/promises';
import { defaultPlans } from '../plans/default-plans.ts';
import { fileOfPlan, planFilesIn, writePlanFile } from './plan-files.ts';

/**
 * Writes the plans that the product ships (wire.md 5.4) into a directory that has no plan yet, and makes the directory if
 * need be. A directory with any plan in it stays as it is: what an administrator has removed does not come back. Two
 * nodes may do this to a shared directory at once.
 * @returns the names of the files written
 */
export const writeDefaultPlans = async (directory: string): Promise<readonly string[]> => {
  await mkdir(directory, { recursive: true });
  if ((await planFilesIn(directory)).length > 0) return [];
  const plans = [...defaultPlans()].map(([plan, text]) => [fileOfPlan(plan), text] as const);
  for (const [file, text] of plans) await writePlanFile(directory, file, text);
  return plans.map(([file]) => file);
};
