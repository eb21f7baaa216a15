import type { Emit, LabEvent } from '../engine/lab-event.ts';
import { liveRows } from './live-rows.ts';
import { plainLines } from './plain-lines.ts';

/** How a command shows its work; always on stderr, for stdout belongs to results. */
export type Face = { readonly emit: Emit; readonly close: () => void };

/** Live rows on a terminal, plain lines elsewhere and in CI, JSON lines when the caller reads JSON. */
export const chooseFace = (options: { readonly json: boolean }): Face => {
  const { stderr } = process;
  if (options.json)
    return { emit: (event: LabEvent) => stderr.write(`${JSON.stringify(event)}\n`), close: () => undefined };
  if (stderr.isTTY && !process.env.CI) return liveRows(stderr);
  return { emit: plainLines((line) => stderr.write(line)), close: () => undefined };
};
