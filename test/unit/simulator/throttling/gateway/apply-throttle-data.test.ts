import { describe, expect, it } from 'vitest';
import { decisionEntries, republishedEntries } from '../../../../../compose/wso2am/server/throttling/decision.ts';
import { applyThrottleData } from '../../../../../compose/wso2am/server/throttling/gateway/apply-throttle-data.ts';
import { checkThrottling } from '../../../../../compose/wso2am/server/throttling/gateway/check-throttling.ts';
import { throttleEvent } from '../../../../../compose/wso2am/server/throttling/gateway/throttle-event.ts';
import {
  blockingAttributes,
  KEY_TEMPLATE_ATTRIBUTES,
  requestPayload,
  requestRow,
} from '../../../../../compose/wso2am/server/throttling/streams.ts';
import { engineWith, requests } from '../engine-under-test.ts';
import { freshHolders, menu, sampleRequest } from './sample-request.ts';

const messageOf = (entries: ReturnType<typeof decisionEntries>) =>
  Object.fromEntries(entries.map(({ name, value }) => [name, value]));

describe('a message of topic throttleData', () => {
  it('carries a decision with its names sorted', () => {
    const decision = { throttleKey: 'k', isThrottled: true, expiryTimeStamp: 5, evaluatedConditions: 'W10=' };

    expect(decisionEntries(decision).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'evaluatedConditions string',
      'expiryTimeStamp long',
      'isThrottled boolean',
      'throttleKey string',
    ]);
  });

  it('closes the loop: a gateway refuses the call after the one that used up the quota', () => {
    const { engine, timers, decisions } = engineWith([
      { level: 'app', tenant: 'carbon.super', name: '10PerMin', quota: requests(10) },
    ]);
    const holders = freshHolders();
    const options = { version: '3.1.0', withHeaders: false, withQuery: false, withJwtClaims: false } as const;
    const call = (): boolean => {
      for (const decision of decisions) applyThrottleData(messageOf(decisionEntries(decision)), holders);
      const request = sampleRequest();
      const verdict = checkThrottling(request, holders, timers.now());
      if (verdict.allowed) engine.accept(requestRow(requestPayload(throttleEvent(request, menu, options))));
      return verdict.allowed;
    };

    expect(Array.from({ length: 12 }, call)).toEqual([...Array(10).fill(true), false, false]);
    timers.advanceTo(60_000);
    expect(call()).toBe(true);
  });

  it.each(['3.0.0', '3.1.0'] as const)('carries a blocking condition of %s', (version) => {
    const holders = freshHolders();
    const payload = ['USER', 'admin@carbon.super', 'true', 'carbon.super'];
    const entries = republishedEntries(blockingAttributes(version), version === '3.0.0' ? payload : [9, ...payload]);

    expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).toSorted());
    expect(applyThrottleData(messageOf(entries), holders)).toBe('blocking');
    expect(checkThrottling(sampleRequest(), holders, 0)).toMatchObject({ reason: 'blocked' });
  });

  it('carries a key template, to add and to remove', () => {
    const holders = freshHolders();
    const send = (state: string) =>
      applyThrottleData(
        messageOf(republishedEntries(KEY_TEMPLATE_ATTRIBUTES, ['$userId|$clientIp|$x', state])),
        holders,
      );

    expect(send('add')).toBe('keyTemplate');
    expect(holders.keyTemplates.keysOf(sampleRequest(), menu)).toEqual(['admin@carbon.super|168430090|$x']);
    send('remove');
    expect(holders.keyTemplates.keysOf(sampleRequest(), menu)).toEqual([]);
  });

  it('is none of these without their keys, and an error without what belongs to them', () => {
    const holders = freshHolders();

    expect(applyThrottleData({ hello: 'x' }, holders)).toBe('unknown');
    expect(() => applyThrottleData({ throttleKey: 'k' }, holders)).toThrow();
  });
});
