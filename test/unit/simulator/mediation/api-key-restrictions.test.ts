import { describe, expect, it } from 'vitest';
import { mayUseFrom } from '../../../../compose/wso2am/server/mediation/api-key-restrictions.ts';

const at = (clientIp: string, referer?: string) => ({ clientIp, referer });

describe('a restricted API key', () => {
  it.each([
    ['10.0.0.9', '10.0.0.9', true],
    ['10.0.0.9', '10.0.0.10', false],
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['0.0.0.0/0', '203.0.113.5', true],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '10.0.0.1', false],
    ['nonsense, 10.0.0.1', '10.0.0.1', true],
    ['10.0.0.0/33', '10.0.0.1', false],
    ['10.0.0.0/x', '10.0.0.1', false],
    ['10.0.0.1', 'unknown', false],
  ])('for the network %s and the client %s: %s', (permittedIP, clientIp, expected) => {
    expect(mayUseFrom({ permittedIP }, at(clientIp))).toBe(expected);
  });

  it.each([
    ['https://shop.example', 'https://shop.example', true],
    ['https://shop.example', 'https://shop.example/', false],
    ['*.example/*', 'https://shop.example/basket', true],
    ['a, https://*/basket', 'https://shop.example/basket', true],
    ['*', 'https://shop.example/a b', false],
    ['*', '', false],
    ['https://shop.example.*', 'https://shopXexample.org', false],
  ])('for the referer pattern %s and the referer %s: %s', (permittedReferer, referer, expected) => {
    expect(mayUseFrom({ permittedReferer }, at('10.0.0.1', referer))).toBe(expected);
  });

  it('is content with an address that fits, as the product is', () => {
    const restrictions = { permittedIP: '10.0.0.1', permittedReferer: 'https://shop.example' };

    expect(mayUseFrom(restrictions, at('10.0.0.1', 'https://evil.example'))).toBe(true);
    expect(mayUseFrom(restrictions, at('10.0.0.2', 'https://shop.example'))).toBe(false);
  });

  it('without restrictions may be used from anywhere', () => {
    expect(mayUseFrom({}, at(''))).toBe(true);
    expect(mayUseFrom({ permittedIP: '', permittedReferer: '' }, at('10.0.0.1'))).toBe(true);
  });
});
