import { beforeEach, describe, expect, it } from 'vitest';
import type { Authenticator } from '../../../../compose/wso2am/server/carbon/context.ts';
import { createAuthenticator } from '../../../../compose/wso2am/server/carbon/create-authenticator.ts';
import { createSessionStore } from '../../../../compose/wso2am/server/carbon/session-store.ts';
import type { UserStore } from '../../../../compose/wso2am/server/carbon/user-store.ts';
import { memoryUserStore } from '../../../../compose/wso2am/server/carbon/users/memory-user-store.ts';
import { basicHeader, sampleCall } from './sample-call.ts';

const users = memoryUserStore({ username: 'admin', password: 'secret' }, ['subscriber']);
const ADMIN = expect.objectContaining({ name: 'admin' });

let node: Authenticator;
beforeEach(() => {
  node = createAuthenticator(
    users,
    createSessionStore(() => 0),
  );
});

/** The header a client sends for a `Set-Cookie` value. */
const cookieOf = (setCookie: string | undefined) => ({ cookie: setCookie?.split(';')[0] ?? '' });

describe('who is calling', () => {
  it('is the user of the Basic header, with or without tenant', async () => {
    expect(await node.basic(sampleCall({ headers: basicHeader('admin', 'secret') }))).toEqual(ADMIN);
    expect(await node.basic(sampleCall({ headers: basicHeader('admin@carbon.super', 'secret') }))).toEqual(ADMIN);
    expect(await node.basic(sampleCall({ headers: basicHeader('admin', 'wrong') }))).toBeUndefined();
    expect(await node.basic(sampleCall())).toBeUndefined();
  });

  it('gets a session with the first call and needs only its cookie for the next', async () => {
    const first = await node.session(sampleCall({ headers: basicHeader('admin', 'secret') }));
    const second = await node.session(sampleCall({ headers: cookieOf(first?.cookie) }));

    expect(first?.cookie).toMatch(/^JSESSIONID=/);
    expect(second).toEqual({ user: ADMIN });
  });

  it('is nobody with the cookie of another node', async () => {
    const other = createAuthenticator(
      users,
      createSessionStore(() => 0),
    );
    const elsewhere = await other.session(sampleCall({ headers: basicHeader('admin', 'secret') }));

    expect(await node.session(sampleCall({ headers: cookieOf(elsewhere?.cookie) }))).toBeUndefined();
  });

  it('is logged in anew with an unknown cookie and Basic', async () => {
    const headers = { cookie: 'JSESSIONID=0A1B', ...basicHeader('admin', 'secret') };

    expect((await node.session(sampleCall({ headers })))?.cookie).toMatch(/^JSESSIONID=[0-9A-F]{32};/);
  });

  it('is nobody any more after logging out', async () => {
    const loggedIn = await node.logIn('admin', 'secret');
    const call = sampleCall({ headers: cookieOf(loggedIn?.cookie) });

    node.logOut(call);

    expect(await node.session(call)).toBeUndefined();
  });

  it('may not log in without a role that allows it', async () => {
    const nobody = { name: 'nobody', roles: ['Internal/everyone'] };
    const store: UserStore = { authenticate: async () => nobody, find: async () => nobody };
    const authenticator = createAuthenticator(
      store,
      createSessionStore(() => 0),
    );
    const call = sampleCall({ headers: basicHeader('nobody', 'x') });

    expect(await authenticator.basic(call)).toEqual(nobody);
    expect(await authenticator.session(call)).toBeUndefined();
    expect(await authenticator.logIn('nobody', 'x')).toBeUndefined();
  });
});
