import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One folder of `synapse-configs/default`, possibly shared with other gateways over NFS: nothing here blocks the node. */
export type ArtifactFolder = {
  /** Names of its files, sorted, each with a mark that changes with the content. */
  list(): Promise<ReadonlyMap<string, string>>;
  /** Undefined when the file has gone meanwhile. */
  read(file: string): Promise<string | undefined>;
  /** Replaces the file at once, so that no reader sees half of it, and returns its new mark. */
  write(file: string, text: string): Promise<string>;
  remove(file: string): Promise<void>;
};

/** The folder at this path; it is made when something is written to it. */
export const artifactFolder = (path: string): ArtifactFolder => {
  const markOf = async (file: string): Promise<string | undefined> => {
    const status = await unlessGone(stat(join(path, file)));
    return status && `${status.mtimeMs}/${status.size}/${status.ino}`;
  };
  return {
    list: async () => {
      const marks = new Map<string, string>();
      for (const file of await filesIn(path)) {
        const mark = await markOf(file);
        if (mark !== undefined) marks.set(file, mark);
      }
      return marks;
    },
    read: (file) => unlessGone(readFile(join(path, file), 'utf8')),
    write: async (file, text) => {
      await mkdir(path, { recursive: true });
      // Two gateways may write at once: each its own.
      const temporary = join(path, `.${file}.${process.pid}`);
      await writeDurably(temporary, text);
      await rename(temporary, join(path, file));
      return (await markOf(file)) ?? '';
    },
    remove: (file) => rm(join(path, file), { force: true }),
  };
};

/** What a Publisher was told is deployed must survive a crash of the machine. */
const writeDurably = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Plain `.xml` files; temporary ones begin with a dot. */
const filesIn = async (path: string): Promise<readonly string[]> => {
  const entries = (await unlessGone(readdir(path, { withFileTypes: true }))) ?? [];
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml') && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
};

const unlessGone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
};
