import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { type Connection, type ConnectionParts, serveConnection } from './connection.ts';
import { MEMORY_LIMIT } from './limits.ts';

/** All connections of both ports. */
export type Connections = {
  accept(socket: Socket): void;
  /** Ends them all, cuts those that still run after so many milliseconds, and resolves when none is left. */
  close(limit: number): Promise<void>;
};

export type ConnectionsParts = Pick<ConnectionParts, 'clock' | 'answer'> & {
  /** Hears why a connection broke. */
  readonly onBroken: (cause: Error) => void;
};

/** No connections yet. */
export const createConnections = ({ clock, answer, onBroken }: ConnectionsParts): Connections => {
  const open = new Set<Connection>();
  let closing = false;

  const boundMemory = (): void => {
    const all = [...open];
    if (all.reduce((sum, { buffered }) => sum + buffered, 0) <= MEMORY_LIMIT) return;
    // The largest, not the latest: those who send small frames must not pay for one who does not finish large ones.
    const largest = all.reduce((most, each) => (each.buffered > most.buffered ? each : most));
    largest.cut(`Unfinished frames hold more than ${MEMORY_LIMIT} bytes`);
  };

  return {
    accept: (socket) => {
      const connection = serveConnection(socket, { clock, answer, onBuffered: boundMemory });
      open.add(connection);
      void connection.over.then((cause) => {
        open.delete(connection);
        if (cause !== undefined && !closing) onBroken(cause);
      });
    },
    close: (limit) => closeAll(open, limit, clock, () => (closing = true)),
  };
};

const closeAll = async (
  open: ReadonlySet<Connection>,
  limit: number,
  clock: Clock,
  onClosing: () => void,
): Promise<void> => {
  onClosing();
  const all = [...open];
  for (const connection of all) connection.end();
  const callOff = clock.after(limit, () => {
    for (const connection of all) connection.cut('The receiver stops');
  });
  await Promise.all(all.map(({ over }) => over));
  callOff();
};
