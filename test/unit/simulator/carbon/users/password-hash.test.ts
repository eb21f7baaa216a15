import { describe, expect, it } from 'vitest';
import { isPassword, newSalt, passwordHash } from '../../../../../compose/wso2am/server/carbon/users/password-hash.ts';

describe('a stored password', () => {
  it('is Base64 of SHA-256 over password and salt', () => {
    // echo -n 'adminc2FsdA==' | openssl dgst -sha256 -binary | base64
    expect(passwordHash('admin', 'c2FsdA==')).toBe('SZ/5g6LoB+NO+VmzMngx3+2OQ4YI5Xaz6td7YMEJVRU=');
  });

  it('knows its password and no other', () => {
    const salt = newSalt();
    const stored = { hash: passwordHash('geheim€', salt), salt };

    expect(isPassword('geheim€', stored)).toBe(true);
    expect(isPassword('geheim', stored)).toBe(false);
    expect(isPassword('', stored)).toBe(false);
  });

  it('gets a salt of its own that fits the column', () => {
    expect(newSalt()).not.toBe(newSalt());
    expect(newSalt().length).toBeLessThanOrEqual(31);
  });
});
