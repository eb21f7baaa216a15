import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Paths of all files below a directory, relative to it and sorted; none when it does not exist. */
export const filesBelow = async (directory: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
      .toSorted();
  } catch {
    return [];
  }
};
