import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../../lab/probes/topics/meaning.ts';
import type { Topic } from '../../../../lab/product/topics.ts';

const read = (topic: Topic, values: Record<string, unknown>) => meaningOf({ at: 0, topic, values });

const EXPIRY = { expiryTimeStamp: 1_600_000_020_000 };

describe('what a message of a topic means', () => {
  it.each([
    ['7:admin@carbon.super', 'application 7:admin@carbon.super'],
    ['7:/pizzashack/1.0.0:1.0.0', 'subscription 7:/pizzashack/1.0.0:1.0.0'],
    ['/pizzashack/1.0.0:1.0.0_default', 'API /pizzashack/1.0.0:1.0.0_default'],
    ['/pizzashack/1.0.0/1.0.0/menu:GET_condition_0', 'resource /pizzashack/1.0.0/1.0.0/menu:GET_condition_0'],
    ['mallory@carbon.super', 'key mallory@carbon.super'],
  ])('is a decision on what its key %s counts', (throttleKey, subject) => {
    expect(read('throttleData', { throttleKey, isThrottled: true, ...EXPIRY })).toEqual({
      kind: 'decision',
      meaning: `${subject} is throttled until 2020-09-13T12:27:00.000Z`,
    });
    expect(read('throttleData', { throttleKey, isThrottled: false, ...EXPIRY }).meaning).toBe(`${subject} is released`);
  });

  it.each([
    ['true', 'API /pizzashack/1.0.0 is blocked'],
    ['false', 'API /pizzashack/1.0.0 is no longer blocked'],
    ['delete', 'API /pizzashack/1.0.0 is no longer blocked, the condition is deleted'],
  ])('is a blocking condition in the state %s', (state, meaning) => {
    const values = {
      blockingCondition: 'API',
      conditionValue: '/pizzashack/1.0.0',
      tenantDomain: 'carbon.super',
      state,
    };
    expect(read('throttleData', values)).toEqual({ kind: 'blockingCondition', meaning });
  });

  it('is a key template', () => {
    expect(read('throttleData', { keyTemplateValue: '$userId', keyTemplateState: 'add' })).toEqual({
      kind: 'keyTemplate',
      meaning: 'key template $userId: add',
    });
  });

  it('names a revoked token by its beginning', () => {
    const revokedToken = '0123456789abcdef0123456789abcdef';
    expect(read('tokenRevocation', { revokedToken, ttl: '5000', expiryTime: 0 })).toEqual({
      kind: 'revocation',
      meaning: 'token 0123456789ab… is revoked',
    });
  });

  it('says what a notification is about, which stands in its encoded event', () => {
    const event = { apiName: 'PizzaShackAPI', apiVersion: '1.0.0', apiStatus: 'PUBLISHED', tenantId: -1234 };
    const values = {
      eventType: 'API_UPDATE',
      timestamp: 0,
      event: Buffer.from(JSON.stringify(event)).toString('base64'),
    };
    expect(read('notification', values)).toEqual({
      kind: 'notification',
      meaning: 'API_UPDATE PizzaShackAPI 1.0.0 PUBLISHED',
    });
    expect(read('notification', { ...values, event: 'bm8ganNvbg==' }).meaning).toBe('API_UPDATE');
  });

  it('says for which gateways an API is', () => {
    const event = { apiId: 'uuid', gatewayLabels: ['Production and Sandbox'], tenantId: -1234 };
    const values = {
      eventType: 'DEPLOY_API_IN_GATEWAY',
      timestamp: 0,
      event: Buffer.from(JSON.stringify(event)).toString('base64'),
    };
    expect(read('notification', values).meaning).toBe('DEPLOY_API_IN_GATEWAY uuid for Production and Sandbox');
  });

  it('is one of the cache, or of a key manager', () => {
    expect(read('cacheInvalidation', { type: 'gatewayKeyCache', value: '["t"]' }).meaning).toBe(
      'gatewayKeyCache forgets ["t"]',
    );
    const values = { action: 'add', name: 'okta', type: 'okta', enabled: true, tenantDomain: 'carbon.super' };
    expect(read('keyManager', values).meaning).toBe('key manager okta: add, enabled');
  });

  it('is not made up for a message that has other keys, or that could not be read', () => {
    expect(read('throttleData', { a: 1 })).toEqual({
      kind: 'unknown',
      meaning: 'has none of the documented keys: a',
    });
    expect(meaningOf({ at: 0, topic: 'notification', values: {}, malformed: 'a map is too deep' })).toEqual({
      kind: 'unknown',
      meaning: 'cannot be read: a map is too deep',
    });
  });
});
