import { describe, expect, it } from 'vitest';
import { createCache } from '../../../../compose/wso2am/server/carbon/caches/expiring-cache.ts';
import { gatewayCaches } from '../../../../compose/wso2am/server/mediation/caches/gateway-caches.ts';
import { load } from '../config/deployment.ts';

describe('a cache', () => {
  it('forgets the least recently used entry when it is full', () => {
    const cache = createCache<number>({ timeToLive: 1000, capacity: 2, now: () => 0 });
    cache.put('a', 1);
    cache.put('b', 2);
    cache.get('a');
    cache.put('c', 3);

    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('counts the lifetime of an entry from its last writing', () => {
    let now = 0;
    const cache = createCache<number>({ timeToLive: 1000, capacity: 2, now: () => now });
    cache.put('a', 1);
    now = 600;
    cache.put('a', 2);
    now = 1599;
    expect(cache.get('a')).toBe(2);
    now = 1600;

    expect(cache.get('a')).toBeUndefined();
    expect(cache.size()).toBe(0);
  });

  it('removes by key, and by what fits', () => {
    const cache = createCache<number>({ timeToLive: 1000, capacity: 9, now: () => 0 });
    for (const key of ['t1:a', 't1:b', 't2:a']) cache.put(key, 1);

    expect([cache.remove('t2:a'), cache.remove('t2:a')]).toEqual([true, false]);
    expect(cache.removeWhere((key) => key.startsWith('t1:'))).toBe(2);
    expect(cache.size()).toBe(0);
  });
});

describe('the caches of a gateway', () => {
  it('hold 10,000 entries each, for 900 s', () => {
    let now = 0;
    const { tokens } = gatewayCaches(load(), () => now);
    for (let index = 0; index <= 10_000; index += 1) tokens.put(String(index), 'carbon.super');
    expect(tokens.size()).toBe(10_000);
    now = 899_999;
    expect(tokens.get('10000')).toBe('carbon.super');
    now = 900_000;

    expect(tokens.get('9999')).toBeUndefined();
  });

  it('take their usual lifetime from the server, and their own where they have one', () => {
    let now = 0;
    const tables = {
      server: { node_ip: '127.0.0.1', default_cache_timeout: '2' },
      'apim.cache.resource': { expiry_time: '30s' },
    };
    const { tokens, apiResources } = gatewayCaches(load(tables), () => now);
    tokens.put('a', 'carbon.super');
    apiResources.put('a', []);
    now = 30_000;
    expect([tokens.get('a'), apiResources.get('a')]).toEqual(['carbon.super', undefined]);
    now = 120_000;

    expect(tokens.get('a')).toBeUndefined();
  });
});
