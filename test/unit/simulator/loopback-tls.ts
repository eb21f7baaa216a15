import { generateKeyPairSync } from 'node:crypto';
import type { Credential } from '../../../lab/render/certificates/certificate-set.ts';
import { signAuthority, signCertificate } from '../../../lab/render/certificates/sign-certificate.ts';

const NOW = new Date();

const newKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

const nameless = { hostnames: [], addresses: [] };

/** An authority of one test file, and what makes certificates under it. */
export const testAuthority = async (): Promise<Credential> => {
  const key = newKey();
  return { key, certificate: await signAuthority({ name: 'ca', commonName: 'test', ...nameless }, key, NOW) };
};

/** A server's key and certificate for these host names. */
export const serverCredential = async (authority: Credential, ...hostnames: readonly string[]): Promise<Credential> => {
  const key = newKey();
  const request = { name: 'server', commonName: hostnames[0] ?? 'server', hostnames, addresses: [] };
  return { key, certificate: await signCertificate(request, key, authority, NOW) };
};
