import { describe, expect, it } from 'vitest';
import { consoleEndpoints } from '../../../../compose/wso2am/server/carbon/console/console-endpoints.ts';
import { createRouter } from '../../../../compose/wso2am/server/carbon/router.ts';
import { memoryUserStore } from '../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { recordedLog } from '../synapse/recorded-log.ts';
import { sampleCall } from './sample-call.ts';

/** The console of one node. */
const startNode = () => {
  const { log, lines } = recordedLog();
  const users = memoryUserStore({ username: 'admin', password: 'a&b "c"' }, []);
  const router = createRouter(consoleEndpoints({ users, log }));
  const send = async (method: string, target: string, cookie = '', form: Readonly<Record<string, string>> = {}) => {
    const [path = '', query = ''] = target.split('?');
    const route = router(method, path);
    if (route.kind !== 'endpoint') throw new Error(`${method} ${path}: ${route.kind}`);
    const fields = new URLSearchParams(form);
    const call = {
      ...sampleCall({ query: new URLSearchParams(query), headers: { cookie } }),
      form: async () => fields,
    };
    const { status, headers, body } = await route.endpoint.handle(call);
    const setCookie = headers?.['Set-Cookie'];
    return {
      status,
      location: headers?.Location,
      cookie: typeof setCookie === 'string' ? setCookie : undefined,
      body: String(body ?? ''),
    };
  };
  const logIn = (password: string, cookie = '') =>
    send('POST', '/carbon/admin/login_action.jsp', cookie, { username: 'admin', password });
  const session = async () => ((await logIn('a&b "c"')).cookie ?? '').split(';')[0] ?? '';
  return { send, logIn, session, lines };
};

const HOME = '/carbon/admin/index.jsp';
const LOG_IN = '/carbon/admin/login.jsp';

describe('the log-in of the management console', () => {
  it('is where whoever is not logged in comes to', async () => {
    const { send } = startNode();

    expect((await send('GET', '/carbon')).location).toBe(HOME);
    expect((await send('GET', '/carbon/')).location).toBe(HOME);
    expect((await send('GET', HOME)).location).toBe(LOG_IN);
    const page = await send('GET', LOG_IN);
    expect(page.status).toBe(200);
    expect(page.body).toContain('action="../admin/login_action.jsp" method="post"');
    expect(page.body).not.toContain('Login failed');
  });

  it('opens a session that leads past it', async () => {
    const { send, logIn, lines } = startNode();
    const answer = await logIn('a&b "c"');
    expect(answer).toMatchObject({ status: 302, location: `${HOME}?loginStatus=true` });
    expect(answer.cookie).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/; Secure; HttpOnly$/);
    expect(lines).toEqual(["INFO 'admin@carbon.super [-1234]' logged in"]);

    const cookie = answer.cookie?.split(';')[0];
    const home = await send('GET', `${HOME}?loginStatus=true`, cookie);
    expect(home.status).toBe(200);
    expect(home.body).toContain('admin@carbon.super');
    expect((await send('GET', LOG_IN, cookie)).location).toBe(HOME);
    expect((await logIn('wrong', cookie)).location).toBe(HOME);
  });

  it('says that it failed, without a session', async () => {
    const { send, logIn, lines } = startNode();
    const answer = await logIn('wrong');

    expect(answer).toMatchObject({ status: 302, location: `${LOG_IN}?loginStatus=false`, cookie: undefined });
    expect((await send('GET', String(answer.location))).body).toContain('Login failed');
    expect(lines).toEqual(["WARN Failed Administrator login attempt 'admin[-1234]'"]);
  });

  it('ends with the log-out', async () => {
    const { send, session } = startNode();
    const cookie = await session();

    expect((await send('GET', '/carbon/admin/logout_action.jsp', cookie)).location).toBe(HOME);
    expect((await send('GET', HOME, cookie)).location).toBe(LOG_IN);
  });

  it('is good for one node only', async () => {
    const cookie = await startNode().session();

    expect((await startNode().send('GET', HOME, cookie)).location).toBe(LOG_IN);
  });
});
