import { randomUUID } from 'node:crypto';
import { connectDocker } from '../engine/docker.ts';
import { holdUsers } from '../engine/lab-lock.ts';
import { findLab } from '../engine/select-lab.ts';
import type { AttachOptions, Lab } from '../index.mjs';
import { readUsers, writeUsers } from './lab-users.ts';
import { openLab } from './open-lab.ts';
import { DEFAULT_TIMEOUT } from './start-lab.ts';
import { whenFree, within } from './when-free.ts';

/** Joins a lab that runs, so that it stays for as long as it is used. Fails with LAB_NOT_FOUND. */
export const joinRunningLab = (name: string, { timeout = DEFAULT_TIMEOUT, signal }: AttachOptions = {}): Promise<Lab> =>
  whenFree(within(timeout, signal), () =>
    holdUsers(name, async () => {
      const docker = await connectDocker();
      const { directory } = await findLab(docker, name);
      const { madeBySuite, users } = await readUsers(directory);
      const id = randomUUID();
      await writeUsers(directory, { madeBySuite, users: [...users, { id, pid: process.pid }] });
      return openLab({ docker, name, directory }, id);
    }),
  );
