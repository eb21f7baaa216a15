import { describe, expect, it } from 'vitest';
import {
  type ThrottleEventOptions,
  throttleEvent,
} from '../../../../../compose/wso2am/server/throttling/gateway/throttle-event.ts';
import type { ThrottledRequest } from '../../../../../compose/wso2am/server/throttling/gateway/throttled-request.ts';
import { REQUEST_ATTRIBUTES } from '../../../../../compose/wso2am/server/throttling/streams.ts';
import { menu, sampleRequest } from './sample-request.ts';

const plain = { version: '3.0.0', withHeaders: false, withQuery: false, withJwtClaims: false } as const;
const all = { version: '3.2.0', withHeaders: true, withQuery: true, withJwtClaims: true } as const;

const propertiesOf = (request: ThrottledRequest, options: ThrottleEventOptions): unknown =>
  JSON.parse(throttleEvent(request, menu, options).properties ?? '');

describe('the event of an accepted request', () => {
  it('has seventeen texts in the order of the stream', () => {
    const event = throttleEvent(sampleRequest(), menu, plain);
    const [messageID, ...payload] = REQUEST_ATTRIBUTES.map((name) => event[name]);

    expect(messageID).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(payload).toEqual([
      '7:admin@carbon.super',
      '10PerMin',
      '/pizzashack/1.0.0:1.0.0',
      '',
      '7:/pizzashack/1.0.0:1.0.0',
      'Bronze',
      '/pizzashack/1.0.0/1.0.0/menu:GET',
      '10KPerMin',
      'admin@carbon.super',
      '/pizzashack/1.0.0',
      '1.0.0',
      'carbon.super',
      'carbon.super',
      '7',
      'admin--PizzaShackAPI',
      '{"ip":168430090}',
    ]);
  });

  it("carries the policy of the whole API in the place of the resource's", () => {
    expect(throttleEvent(sampleRequest({ apiTier: '50KPerMin' }), menu, plain)).toMatchObject({
      apiTier: '50KPerMin',
      resourceKey: '/pizzashack/1.0.0:1.0.0',
      resourceTier: '50KPerMin',
    });
  });

  it.each([
    ['3.0.0', '127.0.0.1', '{"ip":2130706433}'],
    ['3.2.0', '127.0.0.1', '{"ip":2130706433,"ipv6":0}'],
    ['3.2.0', 'fe80::1', '{"ip":0,"ipv6":338288524927261089654018896841347694593}'],
  ] as const)('writes addresses as numbers: %s, %s', (version, clientIp, properties) => {
    expect(throttleEvent(sampleRequest({ clientIp }), menu, { ...plain, version }).properties).toBe(properties);
  });

  it('carries headers, query, claims and sizes when they are wanted, but never in the place of the address', () => {
    const request = sampleRequest({
      headers: { 'User-Agent': 'curl "8"', ip: '1' },
      query: { q: 'a' },
      jwtClaims: { iss: 'wso2' },
      messageSize: 12,
    });
    const others = { messageSize: 12, applicationName: 'app1', subscriptionType: 'PRODUCTION' };

    expect(propertiesOf(request, all)).toEqual({
      ip: 168430090,
      ipv6: 0,
      'User-Agent': 'curl "8"',
      q: 'a',
      iss: 'wso2',
      ...others,
    });
    expect(propertiesOf(request, plain)).toEqual({ ip: 168430090, ...others });
  });
});
