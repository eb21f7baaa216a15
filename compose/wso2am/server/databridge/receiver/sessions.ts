import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** Milliseconds from the log-in on; publishing does not prolong it (wire.md 5.1: after the last write, and only a log-in writes). */
const LIFETIME = 30 * 60_000;

/** Sessions held at most, the oldest go first: a client that logs in again and again must not fill the memory. */
const CAPACITY = 10_000;

/** Who has logged in. Both ports share it: log-in goes over TLS, publishing over TCP (wire.md 5.1). */
export type Sessions = {
  /** A new session; returns its id. */
  open(username: string): string;
  /** The user of a live session; undefined for one that is unknown or over. */
  find(id: string): string | undefined;
  close(id: string): void;
};

/** Sessions in memory, which a restart forgets. */
export const createSessions = (clock: Clock): Sessions => {
  /** Oldest first, as log-ins came in. */
  const sessions = new Map<string, { readonly username: string; readonly opened: number }>();

  const dropOver = (): void => {
    for (const [id, { opened }] of sessions) {
      if (sessions.size <= CAPACITY && clock.now() - opened < LIFETIME) return;
      sessions.delete(id);
    }
  };

  return {
    open: (username) => {
      const id = randomUUID();
      sessions.set(id, { username, opened: clock.now() });
      dropOver();
      return id;
    },
    find: (id) => {
      dropOver();
      return sessions.get(id)?.username;
    },
    close: (id) => void sessions.delete(id),
  };
};
