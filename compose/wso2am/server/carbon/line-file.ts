import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that lines are appended to. */
export type LineFile = { write(line: string): void; close(): void };

/**
 * Opens a log file for appending, with its directory. Lines are written at once: the last one before an exit is the one
 * people look for. A file that cannot be opened or written to must not stop a node, so `onFailure` hears of it once.
 */
export const openLineFile = (path: string, onFailure: (cause: unknown) => void): LineFile => {
  let descriptor: number | undefined;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      descriptor = undefined;
      onFailure(cause);
    }
  };

  attempt(() => {
    mkdirSync(dirname(path), { recursive: true });
    descriptor = openSync(path, 'a');
  });
  return {
    write: (line) => {
      const open = descriptor;
      if (open !== undefined) attempt(() => void writeSync(open, `${line}\n`));
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
};
