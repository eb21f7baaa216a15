import { chmod, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { labError } from '../errors/lab-error.ts';
import { type Description, type DescriptionPaths, descriptionSchema } from '../plan/description.ts';
import { KEY_STORES } from '../product/image.ts';
import type { ProjectFiles } from '../render/compose/configuration-hash.ts';
import { FILES } from '../render/paths.ts';
import { filesBelow } from './files-below.ts';

/** Where labs are rendered to: `$APIM_LAB_HOME`, or `.lab` in the working directory. */
export const labHome = (): string => resolve(process.env.APIM_LAB_HOME ?? '.lab');

export const labDirectory = (lab: string): string => join(labHome(), lab);

/** The paths that a description of the lab names, all absolute. */
export const describedPaths = (directory: string, topology: string): DescriptionPaths => ({
  topology: resolve(topology),
  trust: {
    caFile: join(directory, FILES.ca),
    trustStore: join(directory, FILES.trustStore),
    trustStorePassword: KEY_STORES.password,
  },
});

/**
 * Makes a directory hold the rendered files: writes what differs, removes what is no longer rendered, leaves equal files
 * untouched. Each file appears whole or not at all. Returns the paths written or removed.
 * Fails with DIRECTORY_TAKEN when the directory holds files but no lab: they are somebody's.
 */
export const writeProject = async (directory: string, files: ProjectFiles): Promise<readonly string[]> => {
  const before = await filesBelow(directory);
  if (before.length > 0 && !(await readDescription(directory))) {
    throw labError('DIRECTORY_TAKEN', `${directory} is not empty and holds no lab`);
  }
  const changed: string[] = [];
  // The description comes first: it makes the directory the lab's, also when writing is cut short.
  const description = [...files].filter(([path]) => path === FILES.description);
  for (const [path, content] of new Map([...description, ...files])) {
    const target = join(directory, path);
    if (await holds(target, content)) continue;
    await makeDirectory(directory, dirname(path));
    const draft = `${target}.draft`;
    await writeFile(draft, content);
    // Explicit, for a umask must not take the files of a node from the product's user in the container.
    await chmod(draft, isPrivate(path) ? 0o600 : 0o644);
    await rename(draft, target);
    changed.push(path);
  }
  for (const path of before) {
    // What lies beside the rendered project at its top is somebody's, such as a compose.override.yaml.
    if (files.has(path) || dirname(path) === '.') continue;
    await rm(join(directory, path));
    changed.push(path);
  }
  return changed;
};

/** Makes a directory below the lab's, each level readable by everyone whatever the umask. */
const makeDirectory = async (directory: string, path: string): Promise<void> => {
  await mkdir(join(directory, path), { recursive: true });
  for (let level = path; level !== '.'; level = dirname(level)) await chmod(join(directory, level), 0o755);
};

/** Private keys of the lab's certificates, which only nginx and the lab itself read as root or owner. */
const isPrivate = (path: string): boolean => path.startsWith('certificates/') && path.endsWith('.key');

const holds = async (path: string, content: string | Buffer): Promise<boolean> => {
  try {
    return (await readFile(path)).equals(Buffer.from(content));
  } catch {
    return false;
  }
};

/**
 * Removes a lab directory, if it is one: a directory that does not hold the lab's description is not ours, whatever a
 * container's label says.
 */
export const removeProject = async (lab: string, directory: string): Promise<void> => {
  if ((await readDescription(directory))?.lab !== lab) return;
  // The description goes last: it makes the directory the lab's, also when removing is cut short.
  for (const entry of await readdir(directory)) {
    if (entry !== FILES.description) await rm(join(directory, entry), { recursive: true, force: true });
  }
  await rm(directory, { recursive: true, force: true });
  // The last lab takes its parent with it, when that is empty and the lab's own.
  if (dirname(directory) === labHome()) await rmdir(labHome()).catch(() => undefined);
};

/** The description a lab directory holds; undefined when the directory is gone or damaged. */
export const readDescription = async (directory: string): Promise<Description | undefined> => {
  try {
    return descriptionSchema.parse(JSON.parse(await readFile(join(directory, FILES.description), 'utf8')));
  } catch {
    return undefined;
  }
};
