import type { CarbonContext } from '../context.ts';
import { sessionCookie, sessionIdOf } from '../session-cookie.ts';
import { createSessionStore } from '../session-store.ts';
import type { User } from '../user-store.ts';
import { mayLogIn } from '../users/permissions.ts';
import type { Answer, Call, Endpoint } from '../web.ts';
import { homePage, logInPage } from './pages.ts';

const CONSOLE = '/carbon/admin';
const HOME = `${CONSOLE}/index.jsp`;
const LOG_IN = `${CONSOLE}/login.jsp`;

/** Milliseconds after the last use in which a session of the console ends (wire.md 10). */
const IDLE_LIMIT = 15 * 60_000;

const AUTHENTICATOR = 'org.wso2.carbon.core.services.util.CarbonAuthenticationUtil';

/**
 * The log-in of the management console, which every profile has (carbon-kernel, CarbonUILoginUtil): who may log in gets a session of
 * this node, which no other one knows. Of the console itself there is one page; the rest is not simulated.
 */
export const consoleEndpoints = ({ users, log }: Pick<CarbonContext, 'users' | 'log'>): readonly Endpoint[] => {
  const sessions = createSessionStore(() => performance.now(), IDLE_LIMIT);
  const authentication = log(AUTHENTICATOR);
  const userOf = ({ headers }: Pick<Call, 'headers'>): User | undefined => {
    const id = sessionIdOf(headers);
    return id === undefined ? undefined : sessions.find(id);
  };
  const logIn = async (call: Call): Promise<Answer> => {
    if (userOf(call)) return redirect(HOME);
    const form = await call.form();
    const username = form.get('username') ?? '';
    const user = await users.authenticate(username, form.get('password') ?? '');
    if (!user || !mayLogIn(user)) {
      authentication.warn(`Failed Administrator login attempt '${username}[-1234]'`);
      return redirect(`${LOG_IN}?loginStatus=false`);
    }
    authentication.info(`'${user.name}@carbon.super [-1234]' logged in`);
    return redirect(`${HOME}?loginStatus=true`, sessionCookie(sessions.open(user)));
  };
  const logOut = (call: Call): Answer => {
    const id = sessionIdOf(call.headers);
    if (id !== undefined) sessions.close(id);
    return redirect(HOME);
  };
  return [
    { method: 'GET', path: '/carbon', handle: () => redirect(HOME) },
    {
      method: 'GET',
      path: HOME,
      handle: (call) => {
        const user = userOf(call);
        return user ? homePage(user.name) : redirect(LOG_IN);
      },
    },
    {
      method: 'GET',
      path: LOG_IN,
      handle: (call) => (userOf(call) ? redirect(HOME) : logInPage(call.query.get('loginStatus'))),
    },
    { method: 'POST', path: `${CONSOLE}/login_action.jsp`, handle: logIn },
    { method: ['GET', 'POST'], path: `${CONSOLE}/logout_action.jsp`, handle: logOut },
  ];
};

const redirect = (location: string, cookie?: string): Answer => ({
  status: 302,
  headers: { Location: location, ...(cookie !== undefined && { 'Set-Cookie': cookie }) },
});
