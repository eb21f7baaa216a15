import { describe, expect, it } from 'vitest';
import { createBlockingConditions } from '../../../../../compose/wso2am/server/throttling/gateway/blocking-conditions.ts';
import { sampleRequest } from './sample-request.ts';

const blocked = (event: Readonly<Record<string, unknown>>, parts = {}): boolean => {
  const conditions = createBlockingConditions();
  conditions.apply({ state: 'true', tenantDomain: 'carbon.super', ...event });
  return conditions.blocks(sampleRequest(parts));
};

const range = (invert: boolean): string =>
  JSON.stringify({ startingIp: '10.10.10.9', endingIp: '10.10.10.12', invert });

describe('the blocking conditions', () => {
  it.each([
    ['API', '/pizzashack/1.0.0'],
    ['APPLICATION', 'admin:app1'],
    ['USER', 'admin@carbon.super'],
    ['IP', 'carbon.super:10.10.10.10'],
    ['SUBSCRIPTION', '/pizzashack/1.0.0:1.0.0:admin-app1:PRODUCTION'],
  ])('block by %s', (blockingCondition, conditionValue) => {
    expect(blocked({ blockingCondition, conditionValue })).toBe(true);
    expect(blocked({ blockingCondition, conditionValue: `${conditionValue}x` })).toBe(false);
  });

  it.each([
    ['an address', 'IP', '{"fixedIp":"10.10.10.10","invert":false}', '10.10.10.10', true],
    ['another address', 'IP', '{"fixedIp":"10.10.10.11","invert":false}', '10.10.10.10', false],
    ['all but one address', 'IP', '{"fixedIp":"10.10.10.11","invert":true}', '10.10.10.10', true],
    ['a range', 'IPRANGE', range(false), '10.10.10.10', true],
    ['a range, but not its first address', 'IPRANGE', range(false), '10.10.10.9', false],
    ['a range, but not its last address', 'IPRANGE', range(false), '10.10.10.12', false],
    ['all but a range', 'IPRANGE', range(true), '10.0.0.1', true],
    ['a range of IPv6', 'IPRANGE', '{"startingIp":"fe80::1","endingIp":"fe80::1:0"}', 'fe80::ff', true],
    ['nothing, when the value is no JSON', 'IP', 'hello', '10.10.10.10', false],
  ])('block %s, as 3.1.0 writes it', (_what, blockingCondition, conditionValue, clientIp, expected) => {
    expect(blocked({ id: 1, blockingCondition, conditionValue }, { clientIp })).toBe(expected);
  });

  it('block addresses in their own tenant only', () => {
    const event = { id: 1, blockingCondition: 'IP', conditionValue: '{"fixedIp":"10.10.10.10"}' };

    expect(blocked({ ...event, tenantDomain: 'other.org' })).toBe(false);
  });

  it.each(['false', 'delete'])('are lifted by state %s', (state) => {
    const conditions = createBlockingConditions();
    const address = {
      id: 5,
      blockingCondition: 'IP',
      conditionValue: '{"fixedIp":"10.10.10.10"}',
      tenantDomain: 'carbon.super',
    };
    const user = { blockingCondition: 'USER', conditionValue: 'admin@carbon.super', tenantDomain: 'carbon.super' };
    for (const event of [address, user]) conditions.apply({ ...event, state: 'true' });
    expect(conditions.blocks(sampleRequest())).toBe(true);

    for (const event of [address, user]) conditions.apply({ ...event, state });
    expect(conditions.blocks(sampleRequest())).toBe(false);
  });

  it.each([
    ['3.0.0', { api: [], application: [], ip: ['carbon.super:10.10.10.10'], user: [], custom: [] }],
    [
      '3.1.0',
      {
        api: [],
        application: [],
        user: [],
        custom: [],
        ip: [{ type: 'IP', fixedIp: '10.10.10.10', invert: false, tenantDomain: 'carbon.super', id: 3 }],
      },
    ],
    ['3.2.0', { subscription: ['/pizzashack/1.0.0:1.0.0:admin-app1:PRODUCTION'] }],
  ])('are loaded at boot in the form of %s', (_version, answer) => {
    const conditions = createBlockingConditions();
    conditions.load(answer);

    expect(conditions.blocks(sampleRequest())).toBe(true);
  });
});
