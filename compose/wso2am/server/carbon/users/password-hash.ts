import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A salt for a new password: fits UM_SALT_VALUE, which holds 31 characters. */
export const newSalt = (): string => randomBytes(16).toString('base64');

/** UM_USER_PASSWORD: Base64 of SHA-256 over password and salt, the JDBC user store's default digest. */
export const passwordHash = (password: string, salt: string): string =>
  createHash('sha256')
    .update(password + salt, 'utf8')
    .digest('base64');

/** Compares without telling by its time how much was right. */
export const isPassword = (password: string, stored: { readonly hash: string; readonly salt: string }): boolean => {
  const given = Buffer.from(passwordHash(password, stored.salt));
  const expected = Buffer.from(stored.hash);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
