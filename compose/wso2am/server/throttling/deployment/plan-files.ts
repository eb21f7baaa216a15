import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ending of an execution plan's file (wire.md 5.4). */
const ENDING = '.siddhiql';

/** The file for a plan of this name. */
export const fileOfPlan = (plan: string): string => `${plan}${ENDING}`;

/** Names of the plan files in a directory, sorted; files that are still being written hide behind a dot. */
export const planFilesIn = async (directory: string): Promise<readonly string[]> =>
  (await readdir(directory)).filter((file) => file.endsWith(ENDING) && !file.startsWith('.')).toSorted();

/** The text of a plan file; undefined when it is gone, for another node may remove it at any time. */
export const readPlanFile = async (directory: string, file: string): Promise<string | undefined> => {
  try {
    return await readFile(join(directory, file), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
};

/** Writes a plan file in one step: the nodes that share the directory see the old file or the new one, never a part. */
export const writePlanFile = async (directory: string, file: string, text: string): Promise<void> => {
  const unfinished = join(directory, `.${file}.${randomUUID()}`);
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, join(directory, file));
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw cause;
  }
};

/** Removes a plan file, if another node has not done so already. */
export const removePlanFile = (directory: string, file: string): Promise<void> =>
  rm(join(directory, file), { force: true });
