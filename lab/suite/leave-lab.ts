import { down } from '../commands/down.ts';
import { holdUsers } from '../engine/lab-lock.ts';
import type { FaultyLab } from '../faults/faulty-lab.ts';
import { readUsers, writeUsers } from './lab-users.ts';
import { whenFree, within } from './when-free.ts';

/** Milliseconds that leaving may take: another process may be starting the lab. */
const TIMEOUT = 300_000;

/** Ends one use of a lab; the last user removes a lab that a suite made. One that was removed meanwhile needs nothing. */
export const leaveLab = ({ name, directory }: FaultyLab, id: string): Promise<void> => {
  const bounds = within(TIMEOUT);
  return whenFree(bounds, () =>
    holdUsers(name, async () => {
      const { madeBySuite, users } = await readUsers(directory);
      if (!users.some((user) => user.id === id)) return;
      const others = users.filter((user) => user.id !== id);
      if (others.length === 0 && madeBySuite) await whenFree(bounds, () => down(name));
      else await writeUsers(directory, { madeBySuite, users: others });
    }),
  );
};
