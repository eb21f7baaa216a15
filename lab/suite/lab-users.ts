import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive } from '../engine/is-alive.ts';

/**
 * Who uses a lab: a file at the top of the lab directory, which `up` leaves alone and `down` removes. Only who holds the lock
 * of its users reads and writes it.
 */
const FILE = 'users.json';

const usersSchema = z.object({
  /** Whether a suite made the lab, so that the last of its users removes it. */
  madeBySuite: z.boolean(),
  users: z.array(z.object({ id: z.string(), pid: z.number() })),
});
export type LabUsers = z.output<typeof usersSchema>;

/** The users of a lab whose processes live; none of a lab that no suite has used. */
export const readUsers = async (directory: string): Promise<LabUsers> => {
  const text = await readFile(join(directory, FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return { madeBySuite: false, users: [] };
  const { madeBySuite, users } = usersSchema.parse(JSON.parse(text));
  return { madeBySuite, users: users.filter(({ pid }) => isAlive(pid)) };
};

/** Replaces the file whole. */
export const writeUsers = async (directory: string, users: LabUsers): Promise<void> => {
  const draft = join(directory, `${FILE}.draft`);
  await writeFile(draft, JSON.stringify(users));
  await rename(draft, join(directory, FILE));
};
