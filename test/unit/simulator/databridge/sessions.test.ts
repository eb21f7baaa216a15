import { describe, expect, it } from 'vitest';
import { createSessions } from '../../../../compose/wso2am/server/databridge/receiver/sessions.ts';
import { manualClock } from './manual-clock.ts';

const MINUTE = 60_000;

describe('the sessions of a receiver', () => {
  it('have a UUID for an id, and a user', () => {
    const sessions = createSessions(manualClock());
    const id = sessions.open('admin');

    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(sessions.find(id)).toBe('admin');
    expect(sessions.find('c1f4f2b8-8f3b-4a55-9b1c-1b0f7e1d2a33')).toBeUndefined();
  });

  it('end thirty minutes after the log-in, used or not', () => {
    const clock = manualClock();
    const sessions = createSessions(clock);
    const id = sessions.open('admin');

    clock.advance(29 * MINUTE);
    expect(sessions.find(id)).toBe('admin');
    clock.advance(MINUTE);
    expect(sessions.find(id)).toBeUndefined();
  });

  it('are bounded: the oldest goes first', () => {
    const sessions = createSessions(manualClock());
    const [first, second] = [sessions.open('admin'), sessions.open('admin')];

    for (let opened = 0; opened < 9_999; opened += 1) sessions.open('admin');

    expect(sessions.find(first)).toBeUndefined();
    expect(sessions.find(second)).toBe('admin');
  });
});
