import { describe, expect, it } from 'vitest';
import { convertUnits } from '../../../../compose/wso2am/server/config/convert-units.ts';
import type { Value } from '../../../../compose/wso2am/server/config/values.ts';
import { load } from './deployment.ts';

const convert = (key: string, value: Value) => convertUnits(new Map([[key, value]])).get(key);

const TOKEN_CACHE = 'apim.cache.token_expiry_time';

describe('durations', () => {
  it.each([
    [TOKEN_CACHE, '15m', '900'],
    ['apim.cache.resource.expiry_time', '2h', '7200'],
    ['apim.cache.jwt_claim.expiry_time', '1d', '86400'],
    ['apim.cache.tags.expiry_time', '2m', '120000'],
    ['apim.throttling.publisher.keep_alive_time', '200s', '200'],
    ['apim.throttling.blacklist_condition.start_delay', '5m', '300000'],
    ['apim.throttling.blacklist_condition.period', '1h', '3600000'],
    ['apim.throttling.jms.start_delay', '5m', '300000'],
    ['apim.monetization.publish_duration', '48h', '2'],
    ['server.default_cache_timeout', '900s', '15'],
    ['oauth.token_validation.refresh_token_validity', '1d', '86400'],
  ])('%s takes %s as %s', (key, written, expected) => {
    expect(convert(key, written)).toBe(expected);
  });

  it.each([
    [15, '15'],
    ['15', '15'],
    ['0s', '0'],
    ['900 s', '900'],
    ['1500ms', '1'],
    ['1.9m', '60'],
  ])('pass without a unit, and lose what is smaller than one: %j is %s', (written, expected) => {
    expect(convert(TOKEN_CACHE, written)).toBe(expected);
  });

  it('stop the start when nothing would be left', () => {
    expect(() => convert(TOKEN_CACHE, '900ms')).toThrow(
      'Converted value result in 0 for non zero source value. ' +
        'key: apim.cache.token_expiry_time, value given = 900ms, converted value = 0 SECONDS',
    );
  });

  it.each([
    ['15w', 'Invalid unit : w'],
    ['soon', 'Invalid configuration value apim.cache.token_expiry_time = soon'],
    [true, 'Value type is java.lang.Boolean'],
    [['1m'], 'Value type is java.util.ArrayList'],
  ])('stop the start over %j', (written, message) => {
    expect(() => convert(TOKEN_CACHE, written)).toThrow(message);
  });

  it('touch no other key', () => {
    expect(convert('lab.delay', '15m')).toBe('15m');
  });

  it('show the trap of the templates: 15 minutes written as 15 are 15 seconds', () => {
    expect(load({ 'apim.cache.gateway_token': { expiry_time: 15 } }).number(TOKEN_CACHE)).toBe(15);
  });
});
