import { expect, it } from 'vitest';
import { ipNumber } from '../../../../compose/wso2am/server/throttling/ip-number.ts';

it.each([
  ['127.0.0.1', 2_130_706_433n],
  ['255.255.255.255', 4_294_967_295n],
  ['::', 0n],
  ['::1', 1n],
  ['1::', 1n << 112n],
  ['::ffff:10.10.10.10', (0xffffn << 32n) | 168_430_090n],
  ['2001:db8:0:0:1:0:0:1', 0x20010db8000000000001000000000001n],
])('takes %s for its number', (address, number) => {
  expect(ipNumber(address)).toBe(number);
});

it.each(['', 'localhost', '10.0.0', '10.0.0.256', 'fe80::1%eth0'])('takes %j for no address', (address) => {
  expect(ipNumber(address)).toBeUndefined();
});

it('takes a text for no address that begins like one', () => {
  expect(ipNumber(`10.0.0.1${' '.repeat(60_000)}`)).toBeUndefined();
});

it('knows more addresses than it remembers, again and again', () => {
  const indices = Array.from({ length: 3_000 }, (_, index) => index);
  for (const index of [...indices, ...indices]) {
    expect(ipNumber(`10.0.${index >> 8}.${index & 255}`)).toBe(167_772_160n + BigInt(index));
  }
});
