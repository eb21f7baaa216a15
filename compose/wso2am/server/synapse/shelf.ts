import type { ArtifactFolder } from './artifact-folder.ts';
import { fileNameOf } from './file-name.ts';
import { inTurn } from './in-turn.ts';

/** The artifacts of one kind: what lies in their folder and is deployed from there, and what is held without a file. */
export type Shelf<T> = {
  find(name: string): T | undefined;
  all(): readonly T[];
  /** File of an artifact that is deployed from one. */
  fileOf(name: string): string | undefined;
  /** What is written of an artifact that is deployed. */
  textOf(name: string): Promise<string | undefined>;
  /**
   * Writes an artifact and deploys it, in place of one with the same name.
   * @throws ArtifactError when it is malformed, and what the file system throws
   */
  deploy(text: string): Promise<T>;
  /**
   * Deploys an artifact that has no file, in place of one with the same name; a file of that name which appears or changes later
   * takes its place.
   * @throws ArtifactError when it is malformed
   */
  hold(text: string): Promise<T>;
  /** Undeploys an artifact and removes its file, if it has one; false when there is none. */
  remove(name: string): Promise<boolean>;
  /** Brings what is deployed in line with the folder: what other gateways, or people, wrote there. */
  scan(): Promise<void>;
};

export type ShelfParts<T> = {
  readonly folder: ArtifactFolder;
  /** @throws ArtifactError */
  readonly read: (text: string) => T;
  /** Hears of every change after it is made; `artifact` of a removal is the one that was. */
  readonly onChange: (change: 'added' | 'updated' | 'removed', artifact: T) => void;
  /** Hears once of a file that cannot be deployed. */
  readonly onFailure: (file: string, cause: unknown) => void;
};

/** `artifact` is undefined where the file cannot be deployed. */
type Entry<T> = { readonly mark: string; readonly artifact: T | undefined };

/** What is deployed under a name: out of a file, or a text that is held. */
type Deployed<T> = { readonly artifact: T } & ({ readonly file: string } | { readonly text: string });

/** An empty shelf over a folder; the first scan fills it. */
export const createShelf = <T extends { readonly name: string }>(parts: ShelfParts<T>): Shelf<T> => {
  const { folder, read, onChange, onFailure } = parts;
  const entries = new Map<string, Entry<T>>();
  const byName = new Map<string, Deployed<T>>();
  const fileOf = (name: string): string | undefined => {
    const deployed = byName.get(name);
    return deployed && 'file' in deployed ? deployed.file : undefined;
  };
  // A scan that overlapped a deployment would take its file for a removed one.
  const next = inTurn();

  const put = (file: string, mark: string, artifact: T): void => {
    const before = entries.get(file)?.artifact;
    if (before) byName.delete(before.name);
    entries.set(file, { mark, artifact });
    byName.set(artifact.name, { file, artifact });
    onChange(before ? 'updated' : 'added', artifact);
  };
  const drop = (file: string): void => {
    const before = entries.get(file)?.artifact;
    entries.delete(file);
    // A text that is held may have taken its place.
    if (!before || fileOf(before.name) !== file) return;
    byName.delete(before.name);
    onChange('removed', before);
  };
  const load = async (file: string, mark: string): Promise<void> => {
    const text = await folder.read(file);
    if (text === undefined) return;
    try {
      put(file, mark, read(text));
    } catch (cause) {
      drop(file);
      entries.set(file, { mark, artifact: undefined });
      onFailure(file, cause);
    }
  };

  return {
    find: (name) => byName.get(name)?.artifact,
    all: () => [...byName.values()].map(({ artifact }) => artifact),
    fileOf,
    textOf: async (name) => {
      const deployed = byName.get(name);
      return deployed && ('text' in deployed ? deployed.text : folder.read(deployed.file));
    },
    deploy: (text) =>
      next(async () => {
        const artifact = read(text);
        const file = fileOf(artifact.name) ?? fileNameOf(artifact.name);
        put(file, await folder.write(file, text), artifact);
        return artifact;
      }),
    hold: (text) =>
      next(async () => {
        const artifact = read(text);
        const before = byName.get(artifact.name);
        byName.set(artifact.name, { text, artifact });
        onChange(before ? 'updated' : 'added', artifact);
        return artifact;
      }),
    remove: (name) =>
      next(async () => {
        const deployed = byName.get(name);
        if (!deployed) return false;
        if ('file' in deployed) {
          await folder.remove(deployed.file);
          drop(deployed.file);
        } else {
          byName.delete(name);
          onChange('removed', deployed.artifact);
        }
        return true;
      }),
    scan: () =>
      next(async () => {
        const listed = await folder.list();
        for (const file of [...entries.keys()]) if (!listed.has(file)) drop(file);
        for (const [file, mark] of listed) if (entries.get(file)?.mark !== mark) await load(file, mark);
      }),
  };
};
