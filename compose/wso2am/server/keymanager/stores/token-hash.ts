import { createHash } from 'node:crypto';

/** `*_HASH` columns: what tokens and codes are looked up by, in the product's form, so that both images may share a database. */
export const tokenHash = (token: string): string =>
  JSON.stringify({ hash: createHash('sha256').update(token, 'utf8').digest('hex'), algorithm: 'SHA-256' });
