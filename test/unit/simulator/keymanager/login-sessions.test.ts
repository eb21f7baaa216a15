import { describe, expect, it } from 'vitest';
import { createLoginSessions } from '../../../../compose/wso2am/server/keymanager/login/login-sessions.ts';
import { clientOf } from './client.ts';

const request = {
  client: clientOf({}),
  redirectUri: 'https://app.lab/cb',
  scopes: [],
  state: undefined,
  nonce: undefined,
  challenge: undefined,
  challengeMethod: undefined,
};

describe('log-ins on a node', () => {
  it('are found by their key until they are closed', () => {
    const sessions = createLoginSessions(() => 0);
    const key = sessions.open(request);
    expect(sessions.find(key)).toEqual({ request });
    sessions.close(key);
    expect(sessions.find(key)).toBeUndefined();
  });

  it('remember who logged in, and when', () => {
    let now = 1_000;
    const sessions = createLoginSessions(() => now);
    const key = sessions.open(request);
    now = 2_000;
    sessions.logIn(key, 'admin');
    expect(sessions.find(key)).toEqual({ request, login: { user: 'admin', at: 2_000 } });
  });

  it('end five minutes after their last step', () => {
    let now = 0;
    const sessions = createLoginSessions(() => now);
    const key = sessions.open(request);
    now = 299_999;
    sessions.logIn(key, 'admin');
    now = 599_998;
    expect(sessions.find(key)).toBeDefined();
    now = 599_999;
    expect(sessions.find(key)).toBeUndefined();
  });

  it('cannot be made by logging in', () => {
    const sessions = createLoginSessions(() => 0);
    sessions.logIn('made up', 'admin');
    expect(sessions.find('made up')).toBeUndefined();
  });

  it('give way to new ones when there are too many, the oldest first', () => {
    const sessions = createLoginSessions(() => 0);
    const keys = Array.from({ length: 5_001 }, () => sessions.open(request));
    expect(keys.map((key) => sessions.find(key) !== undefined)).toEqual([false, ...keys.slice(1).map(() => true)]);
  });
});
