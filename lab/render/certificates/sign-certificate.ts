// tsyringe inside @peculiar/x509 throws at import without it.
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, X509Certificate as WrittenCertificate } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CertificateRequest, Credential } from './certificate-set.ts';

/** Judged safe for the product's old Java (ecosystem.md 5). */
const SIGNATURE = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

const ORGANISATION = 'apim-lab';
const VALID_YEARS = 10;
/** Containers may run in a virtual machine whose clock is behind the host's. */
const BACKDATED_MS = 86_400_000;

/** Without data encipherment the product refuses a key with "Wrong key usage" (configuration.md 8). */
const SIGNED_USAGES = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.dataEncipherment;
const AUTHORITY_USAGES = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

/**
 * The PEM of an authority's own certificate, valid for ten years from `now`.
 * @param key PEM of its private key
 */
export const signAuthority = async (request: CertificateRequest, key: string, now: Date): Promise<string> =>
  pemOf(
    await X509CertificateGenerator.create({
      subject: subjectOf(request),
      issuer: subjectOf(request),
      publicKey: publicKeyOf(key),
      signingKey: await signingKeyOf(key),
      signingAlgorithm: SIGNATURE,
      ...validity(now),
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(AUTHORITY_USAGES, true),
        await SubjectKeyIdentifierExtension.create(publicKeyOf(key)),
      ],
    }),
  );

/**
 * The PEM of a certificate for a server, which the product also shows as a client. Valid for ten years from `now`, but not
 * longer than its authority.
 * @param key PEM of its private key
 */
export const signCertificate = async (
  request: CertificateRequest,
  key: string,
  authority: Credential,
  now: Date,
): Promise<string> => {
  const issuer = new X509Certificate(authority.certificate);
  return pemOf(
    await X509CertificateGenerator.create({
      subject: subjectOf(request),
      issuer: issuer.subjectName,
      publicKey: publicKeyOf(key),
      signingKey: await signingKeyOf(authority.key),
      signingAlgorithm: SIGNATURE,
      ...validity(now, issuer.notAfter),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(SIGNED_USAGES, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        ...alternativeNames(request),
        await SubjectKeyIdentifierExtension.create(publicKeyOf(key)),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ],
    }),
  );
};

/** In DER order: Java and openssl show a name given the other way round reversed (ecosystem.md 5). */
const subjectOf = ({ commonName }: CertificateRequest): JsonName => [{ O: [ORGANISATION] }, { CN: [commonName] }];

const validity = (now: Date, latest?: Date): { readonly notBefore: Date; readonly notAfter: Date } => {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + VALID_YEARS);
  return {
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: latest !== undefined && latest < notAfter ? latest : notAfter,
  };
};

const alternativeNames = ({ hostnames, addresses }: CertificateRequest): readonly Extension[] =>
  hostnames.length + addresses.length === 0
    ? []
    : [
        new SubjectAlternativeNameExtension([
          ...hostnames.map((value) => ({ type: 'dns' as const, value })),
          ...addresses.map((value) => ({ type: 'ip' as const, value })),
        ]),
      ];

const publicKeyOf = (key: string) => new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));

const signingKeyOf = (key: string): Promise<CryptoKey> => {
  const pkcs8 = new Uint8Array(createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }));
  return crypto.subtle.importKey('pkcs8', pkcs8, SIGNATURE, false, ['sign']);
};

/** Exactly as `readCertificates` will give it back. */
const pemOf = (certificate: X509Certificate): string =>
  new WrittenCertificate(Buffer.from(certificate.rawData)).toString();
