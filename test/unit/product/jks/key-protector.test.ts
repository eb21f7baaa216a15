import { describe, expect, it } from 'vitest';
import { protectKey, recoverKey } from '../../../../lab/product/jks/key-protector.ts';
import { fault } from './fault.ts';
import { PKCS8, SALT } from './sample-entries.ts';

describe('protectKey and recoverKey', () => {
  it('give back the key for the same password', () => {
    expect(recoverKey(protectKey(PKCS8, 'zażółć'), 'zażółć')).toEqual(PKCS8);
  });

  it('work for keys of any length, whether or not digests fill it evenly', () => {
    for (const length of [1, 19, 20, 21, 127, 128, 300, 70_000]) {
      const key = Buffer.alloc(length, length);
      expect(recoverKey(protectKey(key, 'secret'), 'secret')).toEqual(key);
    }
  });

  it('give the same bytes for the same salt and others for a random one', () => {
    expect(protectKey(PKCS8, 'secret', SALT)).toEqual(protectKey(PKCS8, 'secret', SALT));
    expect(protectKey(PKCS8, 'secret')).not.toEqual(protectKey(PKCS8, 'secret'));
  });

  it('do not show the key', () => {
    expect(protectKey(PKCS8, 'secret').includes(PKCS8.subarray(0, 16))).toBe(false);
  });

  it('refuse a salt of another size', () => {
    expect(() => protectKey(PKCS8, 'secret', Buffer.alloc(8))).toThrow(RangeError);
  });

  it('tell a wrong password from damage', () => {
    const protectedKey = protectKey(PKCS8, 'secret', SALT);
    expect(fault(() => recoverKey(protectedKey, 'Secret'))).toBe('wrong-key-password');
    expect(fault(() => recoverKey(protectedKey.subarray(0, -1), 'secret'))).toBe('damaged');
    expect(fault(() => recoverKey(Buffer.alloc(0), 'secret'))).toBe('damaged');
    expect(fault(() => recoverKey(protectKey(Buffer.alloc(0), 'secret'), 'secret'))).toBe('damaged');
  });

  it('refuse a key that another algorithm protects', () => {
    const otherAlgorithm = protectKey(PKCS8, 'secret', SALT);
    const lastByteOfIdentifier = otherAlgorithm.indexOf('2b060104012a02110101', 'hex') + 9;
    otherAlgorithm[lastByteOfIdentifier] = 2;
    expect(fault(() => recoverKey(otherAlgorithm, 'secret'))).toBe('damaged');
  });
});
