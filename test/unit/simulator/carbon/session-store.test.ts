import { describe, expect, it } from 'vitest';
import { createSessionStore } from '../../../../compose/wso2am/server/carbon/session-store.ts';

const ADMIN = { name: 'admin', roles: ['admin'] };
const MINUTE = 60_000;

const storeWithClock = () => {
  const clock = { now: 0 };
  return { clock, store: createSessionStore(() => clock.now) };
};

describe('the sessions of a node', () => {
  it('give a session by its id, and no other', () => {
    const { store } = storeWithClock();
    const id = store.open(ADMIN);

    expect(id).toMatch(/^[0-9A-F]{32}$/);
    expect(store.find(id)).toEqual(ADMIN);
    expect(store.find('0'.repeat(32))).toBeUndefined();
  });

  it('end after thirty minutes without use', () => {
    const { clock, store } = storeWithClock();
    const id = store.open(ADMIN);

    clock.now = 30 * MINUTE;

    expect(store.find(id)).toBeUndefined();
  });

  it('count thirty minutes from the last use', () => {
    const { clock, store } = storeWithClock();
    const id = store.open(ADMIN);

    clock.now = 29 * MINUTE;
    store.find(id);
    clock.now = 58 * MINUTE;

    expect(store.find(id)).toEqual(ADMIN);
  });

  it('end when they are closed', () => {
    const { store } = storeWithClock();
    const id = store.open(ADMIN);

    store.close(id);

    expect(store.find(id)).toBeUndefined();
  });

  it('are bounded: the least recently used goes first', () => {
    const { store } = storeWithClock();
    const used = store.open(ADMIN);
    const unused = store.open(ADMIN);
    store.find(used);

    for (let opened = 0; opened < 9_999; opened += 1) store.open(ADMIN);

    expect(store.find(unused)).toBeUndefined();
    expect(store.find(used)).toEqual(ADMIN);
  });
});
