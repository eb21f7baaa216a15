import { randomBytes } from 'node:crypto';
import type { User } from './user-store.ts';

/** Tomcat's session time-out, milliseconds since the last use (wire.md 10). */
const IDLE_LIMIT = 30 * 60_000;

/** Sessions held at most; a client that logs in for every call must not fill the memory. The oldest go first. */
const CAPACITY = 10_000;

/** Sessions of one node, in memory: another node does not know them, which is what stickiness is about (wire.md 10). */
export type SessionStore = {
  /** A new session; returns its id. */
  open(user: User): string;
  /** The user of a live session, which thereby counts as used; undefined for an unknown or idle one. */
  find(id: string): User | undefined;
  close(id: string): void;
};

/**
 * @param now milliseconds of a clock that only goes forward
 * @param idleLimit milliseconds since the last use after which a session ends
 */
export const createSessionStore = (now: () => number, idleLimit = IDLE_LIMIT): SessionStore => {
  /** Least recently used first: a used session is put in again. */
  const sessions = new Map<string, { readonly user: User; readonly lastUse: number }>();

  const dropIdle = (): void => {
    for (const [id, { lastUse }] of sessions) {
      if (sessions.size <= CAPACITY && now() - lastUse < idleLimit) return;
      sessions.delete(id);
    }
  };

  return {
    open: (user) => {
      const id = randomBytes(16).toString('hex').toUpperCase();
      sessions.set(id, { user, lastUse: now() });
      dropIdle();
      return id;
    },
    find: (id) => {
      dropIdle();
      const session = sessions.get(id);
      if (session === undefined) return undefined;
      sessions.delete(id);
      sessions.set(id, { user: session.user, lastUse: now() });
      return session.user;
    },
    close: (id) => void sessions.delete(id),
  };
};
