import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import { labHome } from './lab-directory.ts';

/**
 * Does `work` while no other process of this machine changes the lab: two starts at once would each issue certificates and
 * replace the containers of the other. Fails with LAB_BUSY at once. A lock whose process is gone is taken over.
 */
export const holdLab = async <T>(lab: string, work: () => Promise<T>): Promise<T> => {
  const path = join(labHome(), `${lab}.lock`);
  await mkdir(labHome(), { recursive: true });
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
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    const holder = Number(await readFile(path, 'utf8').catch(() => Number.NaN));
    if (isAlive(holder)) {
      throw labError('LAB_BUSY', `another command is changing ${lab}: process ${holder}`, {}, { cause: error });
    }
    await writeFile(path, String(process.pid));
  }
};

const isAlive = (pid: number): boolean => {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
