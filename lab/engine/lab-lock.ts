import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import { isAlive } from './is-alive.ts';
import { labHome } from './lab-directory.ts';

/**
 * Does `work` while no other process of this machine changes the lab: two starts at once would each issue certificates and
 * replace the containers of the other. Fails with LAB_BUSY at once. A lock whose process is gone is taken over.
 */
export const holdLab = <T>(lab: string, work: () => Promise<T>): Promise<T> => hold(`${lab}.lock`, lab, work);

/** Does `work` while no other process comes to the lab as its user or leaves it. Fails with LAB_BUSY at once. */
export const holdUsers = <T>(lab: string, work: () => Promise<T>): Promise<T> => hold(`${lab}.users.lock`, lab, work);

const hold = async <T>(file: string, lab: string, work: () => Promise<T>): Promise<T> => {
  const path = join(labHome(), file);
  await take(path, lab);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
    // Empty once the last lab is gone.
    await rmdir(labHome()).catch(() => undefined);
  }
};

const take = async (path: string, lab: string): Promise<void> => {
  // A lock appears with its holder in it, or another process would take it for one that was left.
  const draft = `${path}.${randomUUID()}`;
  try {
    while (!(await appears(path, draft))) {
      const holder = await holderOf(path);
      if (holder === undefined) continue;
      if (isAlive(holder)) throw labError('LAB_BUSY', `another command is changing ${lab}: process ${holder}`);
      await clearAway(path, draft);
    }
  } finally {
    await rm(draft, { force: true });
  }
};

/** Removes a lock that was left. One process at a time looks and removes, or it could be the lock of one that was quicker. */
const clearAway = async (path: string, draft: string): Promise<void> => {
  const permit = `${path}.clearing`;
  if (!(await appears(permit, draft))) {
    const other = await holderOf(permit);
    if (other !== undefined && !isAlive(other)) await rm(permit, { force: true });
    return;
  }
  const holder = await holderOf(path);
  if (holder !== undefined && !isAlive(holder)) await rm(path);
  await rm(permit);
};

/** The process in a lock; undefined when there is no lock any more. */
const holderOf = async (path: string): Promise<number | undefined> => {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const appears = async (path: string, draft: string): Promise<boolean> => {
  try {
    await mkdir(labHome(), { recursive: true });
    await writeFile(draft, String(process.pid));
    await link(draft, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // ENOENT: whoever let go of the last lab removed the folder.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
};
