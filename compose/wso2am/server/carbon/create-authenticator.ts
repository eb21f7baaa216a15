import { basicCredentials } from './basic-credentials.ts';
import type { Authenticator } from './context.ts';
import { sessionCookie, sessionIdOf } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';
import type { UserStore } from './user-store.ts';
import { mayLogIn } from './users/permissions.ts';

/** Recognises callers by the users of the node's user store and the sessions of this node. */
export const createAuthenticator = (users: UserStore, sessions: SessionStore): Authenticator => {
  const basic: Authenticator['basic'] = async (call) => {
    const credentials = basicCredentials(call.headers.authorization);
    return credentials && users.authenticate(credentials.username, credentials.password);
  };

  return {
    basic,
    logIn: async (username, password) => {
      const user = await users.authenticate(username, password);
      return user && mayLogIn(user) ? { user, cookie: sessionCookie(sessions.open(user)) } : undefined;
    },
    session: async (call) => {
      const id = sessionIdOf(call.headers);
      const known = id === undefined ? undefined : sessions.find(id);
      if (known) return { user: known };
      const user = await basic(call);
      return user && mayLogIn(user) ? { user, cookie: sessionCookie(sessions.open(user)) } : undefined;
    },
    logOut: (call) => {
      const id = sessionIdOf(call.headers);
      if (id !== undefined) sessions.close(id);
    },
  };
};
