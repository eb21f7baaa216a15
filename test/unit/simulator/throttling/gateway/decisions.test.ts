import { describe, expect, it } from 'vitest';
import { createDecisions } from '../../../../../compose/wso2am/server/throttling/gateway/decisions.ts';
import { evaluatedConditions } from '../../../../../compose/wso2am/server/throttling/plans/evaluated-conditions.ts';
import type { Condition, ConditionGroup } from '../../../../../compose/wso2am/server/throttling/plans/policy.ts';
import { requests } from '../engine-under-test.ts';
import { sampleRequest } from './sample-request.ts';

const NOW = 1_000;
const KEY = '/pizzashack/1.0.0/1.0.0/menu:GET';

const group = (id: number, ...conditions: readonly Condition[]): ConditionGroup => ({
  id,
  conditions,
  quota: requests(1),
});

const own: Condition = { type: 'ip', address: '10.10.10.10', invert: false };
const header: Condition = { type: 'header', values: { 'User-Agent': 'curl' }, invert: false };

const apply = (
  decisions: ReturnType<typeof createDecisions>,
  condition: string,
  groups: readonly ConditionGroup[],
  isThrottled = true,
): void =>
  decisions.apply({
    throttleKey: `${KEY}_${condition}`,
    isThrottled,
    expiryTimeStamp: 2_000,
    evaluatedConditions: evaluatedConditions(groups),
  });

describe('the decisions of a gateway', () => {
  it('hold a key until it is released', () => {
    const decisions = createDecisions();
    decisions.apply({ throttleKey: 'k', isThrottled: true, expiryTimeStamp: 2_000 });
    expect(decisions.throttledUntil('k', NOW)).toBe(2_000);

    decisions.apply({ throttleKey: 'k', isThrottled: false, expiryTimeStamp: 2_000 });
    expect(decisions.throttledUntil('k', NOW)).toBeUndefined();
  });

  it('refuse a resource by the group of conditions that fits the request', () => {
    const decisions = createDecisions();
    apply(decisions, 'condition_1', [group(1, own)]);

    expect(decisions.resourceThrottledUntil(KEY, sampleRequest(), NOW)).toBe(2_000);
    expect(decisions.resourceThrottledUntil(KEY, sampleRequest({ clientIp: '10.0.0.1' }), NOW)).toBeUndefined();
  });

  it('refuse by the default whom no group fits', () => {
    const decisions = createDecisions();
    apply(decisions, 'default', [group(1, own), group(2, header)]);

    expect(decisions.resourceThrottledUntil(KEY, sampleRequest(), NOW)).toBeUndefined();
    const other = sampleRequest({ clientIp: '10.0.0.1' });
    expect(decisions.resourceThrottledUntil(KEY, other, NOW)).toBe(2_000);
    expect(
      decisions.resourceThrottledUntil(KEY, { ...other, headers: { 'user-agent': 'curl/8' } }, NOW),
    ).toBeUndefined();
  });

  it.each<[string, Condition, boolean]>([
    ['a range', { type: 'ipRange', from: '10.10.10.0', to: '10.10.10.10', invert: false }, true],
    ['a range, inverted', { type: 'ipRange', from: '10.10.10.0', to: '10.10.10.10', invert: true }, false],
    ['an address, inverted', { ...own, invert: true }, false],
    ['a query parameter', { type: 'query', values: { q: '^a+$' }, invert: false }, true],
    ['a claim', { type: 'jwtClaim', values: { iss: 'other' }, invert: false }, false],
    ['a claim, inverted', { type: 'jwtClaim', values: { iss: 'other' }, invert: true }, true],
  ])('understand %s', (_what, condition, throttled) => {
    const decisions = createDecisions();
    apply(decisions, 'condition_1', [group(1, condition)]);
    const request = sampleRequest({ query: { q: 'aaa' }, jwtClaims: { iss: 'wso2' } });

    expect(decisions.resourceThrottledUntil(KEY, request, NOW) !== undefined).toBe(throttled);
  });

  it('want all headers of a group that names several', () => {
    const decisions = createDecisions();
    const another: Condition = { type: 'header', values: { 'X-Plan': 'gold' }, invert: false };
    apply(decisions, 'condition_1', [group(1, header, another)]);
    const until = (headers: Readonly<Record<string, string>>) =>
      decisions.resourceThrottledUntil(KEY, sampleRequest({ headers }), NOW);

    expect(until({ 'user-agent': 'curl/8', 'x-plan': 'gold' })).toBe(2_000);
    expect(until({ 'x-plan': 'gold' })).toBeUndefined();
    expect(until({ 'user-agent': 'curl/8' })).toBeUndefined();
  });

  it('take a decision without conditions for one of the default', () => {
    const decisions = createDecisions();
    decisions.apply({ throttleKey: `${KEY}_default`, isThrottled: true, expiryTimeStamp: 2_000 });
    expect(decisions.resourceThrottledUntil(KEY, sampleRequest(), NOW)).toBe(2_000);

    decisions.apply({
      throttleKey: `${KEY}_default`,
      isThrottled: true,
      expiryTimeStamp: 2_000,
      evaluatedConditions: '?',
    });
    expect(decisions.resourceThrottledUntil(KEY, sampleRequest(), NOW)).toBe(2_000);
  });

  it('release a resource with its condition', () => {
    const decisions = createDecisions();
    apply(decisions, 'condition_1', [group(1, own)]);
    apply(decisions, 'condition_1', [group(1, own)], false);

    expect(decisions.resourceThrottledUntil(KEY, sampleRequest(), NOW)).toBeUndefined();
  });

  it('do not know a resource whose context does not end in the version', () => {
    const decisions = createDecisions();
    const key = '/pizzashack/1.0.0/menu:GET';
    decisions.apply({ throttleKey: `${key}_default`, isThrottled: true, expiryTimeStamp: 2_000 });

    expect(decisions.resourceThrottledUntil(key, sampleRequest(), NOW)).toBeUndefined();
    expect(decisions.throttledUntil(`${key}_default`, NOW)).toBe(2_000);
  });
});
