import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { JksEntry } from './format.ts';
import { JksError } from './jks-error.ts';
import { recoverKey } from './key-protector.ts';

/** A private key and the certificates that speak for it, leaf first. */
export type OpenedKey = { readonly privateKey: KeyObject; readonly chain: readonly X509Certificate[] };

/**
 * Opens the key entry of this alias (upper and lower case are one, as in Java).
 * @throws JksError `no-such-alias` (also when the alias is only a trusted certificate), `wrong-key-password`, `damaged`
 */
export const openKey = (entries: readonly JksEntry[], alias: string, keyPassword: string): OpenedKey => {
  const entry = entryOf(entries, alias);
  if (entry.kind !== 'key')
    throw new JksError('no-such-alias', `the alias "${alias}" holds a certificate without a private key`);
  return {
    privateKey: createPrivateKey({ key: recoverKey(entry.protectedKey, keyPassword), format: 'der', type: 'pkcs8' }),
    chain: entry.chain.map((der) => new X509Certificate(der)),
  };
};

/**
 * The certificate under this alias: the trusted one, or the leaf of a key entry.
 * @throws JksError `no-such-alias`
 */
export const certificateOf = (entries: readonly JksEntry[], alias: string): X509Certificate => {
  const entry = entryOf(entries, alias);
  const der = entry.kind === 'trusted' ? entry.certificate : entry.chain[0];
  if (der === undefined) throw new JksError('no-such-alias', `the alias "${alias}" holds no certificate`);
  return new X509Certificate(der);
};

/** All trusted certificates of a trust store, in the file's order. */
export const trustedCertificates = (entries: readonly JksEntry[]): readonly X509Certificate[] =>
  entries.flatMap((entry) => (entry.kind === 'trusted' ? [new X509Certificate(entry.certificate)] : []));

const entryOf = (entries: readonly JksEntry[], alias: string): JksEntry => {
  const wanted = alias.toLowerCase();
  const found = entries.find((entry) => entry.alias.toLowerCase() === wanted);
  if (found) return found;
  const names = entries.map((entry) => `"${entry.alias}"`).join(', ') || 'none';
  throw new JksError('no-such-alias', `the key store has no alias "${alias}"; it has ${names}`);
};
