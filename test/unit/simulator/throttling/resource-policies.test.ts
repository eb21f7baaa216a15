import { describe, expect, it } from 'vitest';
import type { Condition, Policy } from '../../../../compose/wso2am/server/throttling/plans/policy.ts';
import { engineWith, requests } from './engine-under-test.ts';
import { sampleEvent } from './sample-events.ts';

const policyWith = (conditions: readonly Condition[]): Policy => ({
  level: 'resource',
  tenant: 'carbon.super',
  name: '10KPerMin',
  defaultQuota: requests(1),
  conditionGroups: conditions.length === 0 ? [] : [{ id: 1, conditions, quota: requests(1) }],
});

const KEY = '/pizzashack/1.0.0/1.0.0/menu:GET';

/** The key that one event with these properties throttles at once. */
const keyFor = (
  conditions: readonly Condition[],
  properties: Readonly<Record<string, unknown>>,
): string | undefined => {
  const { engine, decisions } = engineWith([policyWith(conditions)]);
  engine.accept(sampleEvent({ resourceTier: '10KPerMin', properties: JSON.stringify(properties) }));
  expect(decisions).toHaveLength(1);
  return decisions[0]?.throttleKey;
};

describe('a resource policy', () => {
  it('counts by the key of the resource and the name of the group', () => {
    expect(keyFor([], {})).toBe(`${KEY}_default`);
  });

  it.each<[string, Condition, Record<string, unknown>, Record<string, unknown>]>([
    ['an address', { type: 'ip', address: '10.10.10.10', invert: false }, { ip: 168430090 }, { ip: 168430091 }],
    ['all addresses but one', { type: 'ip', address: '10.10.10.10', invert: true }, { ip: 1 }, { ip: 168430090 }],
    [
      'a range with its ends',
      { type: 'ipRange', from: '10.10.10.10', to: '10.10.10.11', invert: false },
      { ip: 168430091 },
      { ip: 168430092 },
    ],
    [
      'a header',
      { type: 'header', values: { 'User-Agent': 'curl/[78]' }, invert: false },
      { 'User-Agent': 'curl/8.1' },
      { 'User-Agent': 'curl/9' },
    ],
    ['a header that is not sent', { type: 'header', values: { 'X-A': 'b' }, invert: true }, {}, { 'X-A': 'b' }],
    [
      'two query parameters',
      { type: 'query', values: { a: '^1$', b: '2' }, invert: false },
      { a: '1', b: '2' },
      { a: '1', b: '3' },
    ],
    ['a claim', { type: 'jwtClaim', values: { iss: 'wso2' }, invert: false }, { iss: 'wso2.org' }, {}],
  ])('tells requests apart by %s', (_what, condition, fitting, other) => {
    expect(keyFor([condition], fitting)).toBe(`${KEY}_condition_1`);
    expect(keyFor([condition], other)).toBe(`${KEY}_default`);
  });

  it('wants all conditions of a group', () => {
    const conditions: readonly Condition[] = [
      { type: 'ip', address: '10.10.10.10', invert: false },
      { type: 'header', values: { 'X-A': 'b' }, invert: false },
    ];

    expect(keyFor(conditions, { ip: 168430090, 'X-A': 'b' })).toBe(`${KEY}_condition_1`);
    expect(keyFor(conditions, { ip: 168430090 })).toBe(`${KEY}_default`);
  });

  it('sends its conditions with the decision, and with the release', () => {
    const { engine, timers, decisions } = engineWith([
      policyWith([{ type: 'ip', address: '10.10.10.10', invert: false }]),
    ]);
    engine.accept(sampleEvent({ resourceTier: '10KPerMin' }));
    timers.advanceTo(60_000);

    const json = '[{"ipspecific":{"specificIp":168430090,"invert":false}}]';
    expect(decisions.map(({ isThrottled }) => isThrottled)).toEqual([true, false]);
    for (const { evaluatedConditions } of decisions) {
      expect(Buffer.from(evaluatedConditions ?? '', 'base64').toString()).toBe(json);
    }
  });
});
