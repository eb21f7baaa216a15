import { describe, expect, it } from 'vitest';
import { applyCacheInvalidation } from '../../../../compose/wso2am/server/gateway/apply-cache-invalidation.ts';
import { warmCaches } from './warm-caches.ts';

const message = (type: string, value: string) =>
  new Map([
    ['type', { type: 'string', value: type }],
    ['value', { type: 'string', value }],
  ] as const);

describe('a message of the topic cacheInvalidation', () => {
  it('makes tokens that were cached invalid, and leaves others unknown', () => {
    const caches = warmCaches();
    applyCacheInvalidation(message('gatewayKeyCache', '["t1","stranger"]'), caches);

    expect(caches.tokens.get('t1')).toBeUndefined();
    expect(caches.invalidTokens.get('t1')).toBe('carbon.super');
    expect(caches.invalidTokens.get('stranger')).toBeUndefined();
    expect(caches.tokens.get('t2')).toBe('carbon.super');
  });

  it('removes the resources it names, and what is kept of the API as a whole', () => {
    const caches = warmCaches();
    const resources = [{ resourceURLContext: '/menu', httpVerb: 'GET' }];
    const value = JSON.stringify({ apiContext: '/pizzashack/1.0.0', apiVersion: '1.0.0', resources });
    applyCacheInvalidation(message('resourceCache', value), caches);

    expect(caches.apiResources.size()).toBe(1);
    expect(caches.resources.get('/pizzashack/1.0.0/1.0.0/menu:GET')).toBeUndefined();
    expect(caches.resources.size()).toBe(2);
  });

  it('empties the resource cache for a policy', () => {
    const caches = warmCaches();
    const value = '{"apiContext":"POLICY:/t/carbon.super/","apiVersion":null,"resources":[]}';
    applyCacheInvalidation(message('RESOURCECACHE', value), caches);

    expect([caches.apiResources.size(), caches.resources.size(), caches.tokens.size()]).toEqual([0, 0, 2]);
  });

  it('has the password of a user asked for again', () => {
    const caches = warmCaches();
    for (const user of ['anna@carbon.super', 'bert@carbon.super']) caches.usernames.put(user, 'hash');
    applyCacheInvalidation(message('gatewayUsernameCache', '["anna@carbon.super","stranger@carbon.super"]'), caches);

    expect(caches.usernames.get('anna@carbon.super')).toBeUndefined();
    expect(caches.usernames.get('bert@carbon.super')).toBe('hash');
  });

  it('of an unknown kind changes nothing', () => {
    const caches = warmCaches();
    applyCacheInvalidation(message('constructor', '["t1"]'), caches);

    expect([caches.tokens.size(), caches.apiResources.size(), caches.resources.size()]).toEqual([2, 2, 3]);
  });

  it.each([
    ['gatewayKeyCache', '{"t1":1}'],
    ['gatewayKeyCache', '[1]'],
    ['resourceCache', '{"apiContext":"/x"}'],
    ['resourceCache', 'no JSON'],
  ])('%s with the value %s is an error that changes nothing', (type, value) => {
    const caches = warmCaches();

    expect(() => applyCacheInvalidation(message(type, value), caches)).toThrow();
    expect([caches.tokens.size(), caches.resources.size()]).toEqual([2, 3]);
  });
});
