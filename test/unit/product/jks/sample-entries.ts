import { generateKeyPairSync } from 'node:crypto';
import type { JksKeyEntry, JksTrustedEntry } from '../../../../lab/product/jks/format.ts';
import { protectKey } from '../../../../lab/product/jks/key-protector.ts';

/** Any PKCS#8 key; an elliptic one is quick to make. */
export const PKCS8 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
  type: 'pkcs8',
  format: 'der',
});

export const SALT = Buffer.alloc(20, 7);
export const DATE = new Date('2024-02-29T12:00:00.123Z');

/** The format does not look into certificates, so any bytes do. */
export const keyEntry = (alias: string, keyPassword = 'key-secret'): JksKeyEntry => ({
  kind: 'key',
  alias,
  date: DATE,
  protectedKey: protectKey(PKCS8, keyPassword, SALT),
  chain: [Buffer.from('leaf'), Buffer.from('authority')],
});

export const trustedEntry = (alias: string): JksTrustedEntry => ({
  kind: 'trusted',
  alias,
  date: DATE,
  certificate: Buffer.from('trusted'),
});
