import { randomUUID } from 'node:crypto';
import type { Clock } from '../context.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** An authorisation request on its way through the log-in pages. */
export type LoginSession = {
  readonly request: AuthorizationRequest;
  /** Who has logged in, and when (epoch milliseconds); undefined before. */
  readonly login?: { readonly user: string; readonly at: number };
};

export type LoginSessions = {
  /** @returns the sessionDataKey */
  open(request: AuthorizationRequest): string;
  find(key: string): LoginSession | undefined;
  logIn(key: string, user: string): void;
  close(key: string): void;
};

/** `OAuthSessionDataCache` of the product: seconds an entry lives, and how many there are at most. */
const LIFETIME_MS = 300_000;
const CAPACITY = 5000;

/**
 * Log-ins that began on this node. They live in its memory only: a browser that a load balancer sends to another node in
 * between has to begin again, which is what sticky sessions are for (wire.md 10).
 */
export const createLoginSessions = (clock: Clock): LoginSessions => {
  const sessions = new Map<string, { readonly session: LoginSession; readonly until: number }>();

  const find = (key: string): LoginSession | undefined => {
    const entry = sessions.get(key);
    if (entry && entry.until > clock()) return entry.session;
    sessions.delete(key);
    return undefined;
  };
  const put = (key: string, session: LoginSession): void => {
    sessions.set(key, { session, until: clock() + LIFETIME_MS });
    // The oldest goes first: a Map keeps the order of insertion.
    for (const oldest of sessions.keys()) {
      if (sessions.size <= CAPACITY) break;
      sessions.delete(oldest);
    }
  };

  return {
    find,
    open: (request) => {
      const key = randomUUID();
      put(key, { request });
      return key;
    },
    logIn: (key, user) => {
      const session = find(key);
      if (session) put(key, { ...session, login: { user, at: clock() } });
    },
    close: (key) => void sessions.delete(key),
  };
};
