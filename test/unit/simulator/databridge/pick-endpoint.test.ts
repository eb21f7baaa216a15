import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../../../compose/wso2am/server/databridge/agent/endpoint.ts';
import { pickEndpoint } from '../../../../compose/wso2am/server/databridge/agent/pick-endpoint.ts';

const STATES = { a: 'active', b: 'busy', i: 'initialising', u: 'unavailable' } as const;

const states = (letters: string): readonly EndpointState[] =>
  Array.from(letters, (letter) => STATES[letter === 'a' || letter === 'b' || letter === 'i' ? letter : 'u']);

describe('the endpoint that gets the next event', () => {
  it.each<[string, number | undefined, string]>([
    ['aa', 0, 'the first while it is active'],
    ['ua', 1, 'the next when the first is down'],
    ['ba', undefined, 'none while the first is busy: it will take the event soon'],
    ['ia', undefined, 'none while the first logs in'],
    ['uu', undefined, 'none when all are down'],
  ])('of a failover group %s is %s: %s', (letters: string, picked: number | undefined) => {
    expect(pickEndpoint('failover', states(letters), 1)).toBe(picked);
  });

  it.each([
    ['aaa', 0, 0],
    ['aaa', 2, 2],
    ['aua', 1, 2],
    ['auu', 1, 0],
    ['bab', 2, 1],
    ['bub', 0, undefined],
  ])('of a load-balanced group %s at turn %i is %s', (letters, turn, picked) => {
    expect(pickEndpoint('loadbalance', states(letters), turn)).toBe(picked);
  });
});
