import type { Emit, LabEvent } from '../engine/lab-event.ts';

/** One line per event, for logs and CI. */
export const plainLines = (write: (line: string) => void): Emit => {
  const waiting = new Set<string>();
  return (event) => {
    if (event.kind === 'node' && event.state === 'waiting') {
      // Once per node: a log has no row to change when it waits for fewer.
      if (waiting.has(event.node)) return;
      waiting.add(event.node);
    }
    write(`${lineOf(event)}\n`);
  };
};

const lineOf = (event: LabEvent): string => {
  switch (event.kind) {
    case 'step':
      return event.text;
    case 'warning':
      return `warning: ${event.text}`;
    case 'operation':
      return `${event.operation.kind} ${event.operation.node}: ${event.operation.cause}`;
    case 'node':
      return `${seconds(event.at)} ${event.node} ${event.state}${waits(event)}`;
  }
};

/** `for mysql (its schemas must be there)` */
export const waits = (event: Extract<LabEvent, { kind: 'node' }>): string =>
  event.waitsFor ? ` for ${event.waitsFor.join(', ')} (${event.why})` : '';

/** Milliseconds as seconds with one decimal, right-aligned so that lines stand in a column. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(7);
