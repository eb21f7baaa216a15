import { describe, expect, it } from 'vitest';
import type {
  AttributeValue,
  StreamDefinition,
  StreamEvent,
} from '../../../../../compose/wso2am/server/databridge/stream-definition.ts';
import { BLOCKING, BLOCKING_3_0, KEY_TEMPLATE } from '../../../../../compose/wso2am/server/databridge/streams.ts';
import { decisionMessage } from '../../../../../compose/wso2am/server/throttling/decision.ts';
import { applyThrottleData } from '../../../../../compose/wso2am/server/throttling/gateway/apply-throttle-data.ts';
import { checkThrottling } from '../../../../../compose/wso2am/server/throttling/gateway/check-throttling.ts';
import { throttleEvent } from '../../../../../compose/wso2am/server/throttling/gateway/throttle-event.ts';
import { republishedMessage } from '../../../../../compose/wso2am/server/throttling/republished-message.ts';
import { decodeAmqpMap, encodeAmqpMap } from '../../../../../lab/product/map-message/amqp-map.ts';
import { mapMessage, string } from '../../../../../lab/product/map-message/map-message.ts';
import { engineWith, requests } from '../engine-under-test.ts';
import { freshHolders, menu, sampleRequest } from './sample-request.ts';

const eventOf = (stream: StreamDefinition, values: readonly AttributeValue[]): StreamEvent => ({
  stream,
  timestamp: 0,
  meta: {},
  correlation: {},
  payload: Object.fromEntries(stream.payload.map(([name], index) => [name, values[index] ?? null])),
  arbitrary: new Map(),
});

describe('a message of topic throttleData', () => {
  it('carries a decision with its names sorted', () => {
    const decision = { throttleKey: 'k', isThrottled: true, expiryTimeStamp: 5, evaluatedConditions: 'W10=' };

    expect([...decisionMessage(decision)].map(([name, { type }]) => `${name} ${type}`)).toEqual([
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
      for (const decision of decisions) {
        applyThrottleData(decodeAmqpMap(encodeAmqpMap(decisionMessage(decision))), holders);
      }
      const request = sampleRequest();
      const verdict = checkThrottling(request, holders, timers.now());
      if (verdict.allowed) engine.accept(throttleEvent(request, menu, options));
      return verdict.allowed;
    };

    expect(Array.from({ length: 12 }, call)).toEqual([...Array(10).fill(true), false, false]);
    timers.advanceTo(60_000);
    expect(call()).toBe(true);
  });

  it.each([
    ['3.0.0', BLOCKING_3_0, []],
    ['3.1.0', BLOCKING, [9]],
  ] as const)('carries a blocking condition of %s', (_version, stream, id) => {
    const holders = freshHolders();
    const message = republishedMessage(eventOf(stream, [...id, 'USER', 'admin@carbon.super', 'true', 'carbon.super']));

    expect([...message.keys()]).toEqual([...message.keys()].toSorted());
    expect(applyThrottleData(message, holders)).toBe('blocking');
    expect(checkThrottling(sampleRequest(), holders, 0)).toMatchObject({ reason: 'blocked' });
  });

  it('carries a key template, to add and to remove', () => {
    const holders = freshHolders();
    const send = (state: string) =>
      applyThrottleData(republishedMessage(eventOf(KEY_TEMPLATE, ['$userId|$clientIp|$x', state])), holders);

    expect(send('add')).toBe('keyTemplate');
    expect(holders.keyTemplates.keysOf(sampleRequest(), menu)).toEqual(['admin@carbon.super|168430090|$x']);
    send('remove');
    expect(holders.keyTemplates.keysOf(sampleRequest(), menu)).toEqual([]);
  });

  it('is none of these without their keys, and an error without what belongs to them', () => {
    const holders = freshHolders();

    expect(applyThrottleData(mapMessage({ hello: string('x') }), holders)).toBe('unknown');
    expect(() => applyThrottleData(mapMessage({ throttleKey: string('k') }), holders)).toThrow();
  });
});
