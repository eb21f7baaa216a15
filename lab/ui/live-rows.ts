import colours from 'picocolors';
import type { Emit, LabEvent } from '../engine/lab-event.ts';
import { plainLines, seconds, waits } from './plain-lines.ts';

type NodeEvent = Extract<LabEvent, { kind: 'node' }>;

/** Redraws of the running clocks, per second. */
const FRAMES = 10;

const PAINT: Readonly<Record<NodeEvent['state'], (text: string) => string>> = {
  waiting: colours.dim,
  starting: colours.yellow,
  healthy: colours.green,
  failed: colours.red,
};

/**
 * A row per node that changes in place: state, for whom it waits and for how long. Other events scroll above the rows.
 * `close` leaves the last picture standing.
 */
export const liveRows = (terminal: NodeJS.WriteStream): { readonly emit: Emit; readonly close: () => void } => {
  const rows = new Map<string, { event: NodeEvent; since: number }>();
  let drawn = 0;
  const clear = () => {
    if (drawn > 0) terminal.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    clear();
    const width = Math.max(...[...rows.keys()].map((name) => name.length), 0);
    for (const { event, since } of rows.values()) {
      terminal.write(`${cut(rowOf(event, since, width), terminal.columns || 80)}\n`);
      drawn += 1;
    }
  };
  const above = plainLines((line) => terminal.write(line));
  const clock = setInterval(draw, 1000 / FRAMES);
  clock.unref();
  return {
    emit: (event) => {
      if (event.kind === 'node') {
        const before = rows.get(event.node);
        // Waiting for fewer is waiting still.
        const since = before?.event.state === event.state ? before.since : performance.now();
        rows.set(event.node, { event, since });
      } else {
        clear();
        above(event);
      }
      draw();
    },
    close: () => {
      clearInterval(clock);
      draw();
      drawn = 0;
    },
  };
};

const rowOf = (event: NodeEvent, since: number, width: number): string => {
  const running = event.state === 'waiting' || event.state === 'starting';
  const time = running ? performance.now() - since : event.at;
  return `  ${event.node.padEnd(width)}  ${PAINT[event.state](event.state.padEnd(8))} ${seconds(time)}${waits(event)}`;
};

/** Cuts a row to the terminal: a wrapped row would break the redraw. Colour codes take no room. */
const cut = (row: string, columns: number): string => {
  let room = columns - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
  return row.replace(/(\x1b\[\d+m)|./g, (part, colour) => (colour || room-- > 0 ? part : ''));
};
